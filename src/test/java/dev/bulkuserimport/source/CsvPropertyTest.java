package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.Edges;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random people, written to CSV in every separator, quoting, line ending and encoding, come back equal. */
class CsvPropertyTest {

    private static final List<String> COLUMNS =
            List.of("externalId", "userName", "firstName", "lastName", "department", "costCenter", "title");

    /** How a program writes a CSV. */
    record Dialect(
            char separator, boolean quotesAll, String lineEnd, Encoding encoding, boolean told, boolean padded) {}

    enum Encoding {
        UTF_8(StandardCharsets.UTF_8, ""),
        UTF_8_MARKED(StandardCharsets.UTF_8, "\uFEFF"),
        UTF_16_LITTLE(StandardCharsets.UTF_16LE, "\uFEFF"),
        UTF_16_BIG(StandardCharsets.UTF_16BE, "\uFEFF");

        private final Charset charset;
        private final String mark;

        Encoding(Charset charset, String mark) {
            this.charset = charset;
            this.mark = mark;
        }
    }

    @Property
    void peopleComeBackEqual(@ForAll("people") List<Map<String, String>> people, @ForAll("dialects") Dialect dialect) {
        Imported imported = Imported.of("people.csv", written(people, dialect));
        assertThat(imported.told()).isEmpty();
        assertThat(imported.users()).isEqualTo(people);
        assertThat(imported.notes().trimmedCells()).isEqualTo(dialect.padded() ? cells(people) : 0);
    }

    @Property
    void anyTextEndsInAnAnswer(@ForAll("texts") String text, @ForAll("dialects") Dialect dialect) throws IOException {
        byte[] bytes = (dialect.encoding().mark + text).getBytes(dialect.encoding().charset);
        for (String name : List.of("people.csv", "people.json", "people.ndjson", "people.xlsx")) {
            Imported imported = Imported.of(name, bytes);
            assertThat(imported.problem().isPresent() || !imported.users().isEmpty())
                    .isTrue();
        }
    }

    @Property
    void anyBytesEndInAnAnswer(@ForAll byte[] bytes) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("externalId,userName\nE-1,a\nE-2,".getBytes(StandardCharsets.UTF_8));
        file.writeBytes(bytes);
        for (String name : List.of("people.csv", "people.json", "people.ndjson", "people.csv.gz")) {
            Imported.of(name, file.toByteArray());
            Imported.of(name, bytes);
        }
    }

    @Property
    void theWrongByteIsFound(@ForAll("people") List<Map<String, String>> people, @ForAll("dialects") Dialect dialect)
            throws IOException {
        Dialect plain =
                new Dialect(dialect.separator(), dialect.quotesAll(), dialect.lineEnd(), Encoding.UTF_8, false, false);
        byte[] bytes = written(people, plain);
        byte[] broken = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, broken, 0, bytes.length);
        broken[bytes.length] = (byte) 0xFC;
        try (FileText text =
                new FileText(new ByteArrayInputStream(broken), new TextEncoding(StandardCharsets.UTF_8, 0, false))) {
            char[] buffer = new char[7];
            while (text.read(buffer, 0, buffer.length) >= 0) {
                // To its end.
            }
            throw new AssertionError("the wrong byte went through");
        } catch (ProblemException e) {
            long lines = new String(bytes, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1).length;
            assertThat(e.problem().document().get("line")).isEqualTo(lines);
            assertThat(e.problem().document().get("column")).isEqualTo(1L);
        }
    }

    @Example
    void aCarriageReturnInACellLosesNoRow() {
        byte[] bytes = "externalId,userName,title\nE-1,a,\"x\ry\"\nE-2,b,\"x\r\ny\"\n".getBytes(StandardCharsets.UTF_8);
        assertThat(Imported.of("people.csv", bytes).users())
                .extracting(user -> user.get("externalId") + " " + user.get("title"))
                .containsExactly("E-1 x\ry", "E-2 x\r\ny");
    }

    private static int cells(List<Map<String, String>> people) {
        return people.stream().mapToInt(Map::size).sum();
    }

    private static byte[] written(List<Map<String, String>> people, Dialect dialect) {
        StringBuilder text = new StringBuilder(dialect.encoding().mark);
        if (dialect.told()) {
            text.append("sep=").append(dialect.separator()).append(dialect.lineEnd());
        }
        row(COLUMNS, dialect, text);
        for (Map<String, String> person : people) {
            List<String> cells = new ArrayList<>();
            COLUMNS.forEach(column -> cells.add(person.getOrDefault(column, "")));
            row(cells, dialect, text);
        }
        return text.toString().getBytes(dialect.encoding().charset);
    }

    private static void row(List<String> cells, Dialect dialect, StringBuilder text) {
        for (int i = 0; i < cells.size(); i++) {
            String cell =
                    dialect.padded() && !cells.get(i).isEmpty() ? "\u200B " + cells.get(i) + "\u00A0" : cells.get(i);
            boolean quoted = dialect.quotesAll()
                    || cell.indexOf(dialect.separator()) >= 0
                    || cell.indexOf('\r') >= 0
                    || cell.indexOf('\n') >= 0
                    || cells.get(i).startsWith("\"");
            text.append(i > 0 ? String.valueOf(dialect.separator()) : "")
                    .append(quoted ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell);
        }
        text.append(dialect.lineEnd());
    }

    @Provide
    Arbitrary<Dialect> dialects() {
        return Combinators.combine(
                        Arbitraries.of(',', ';', '\t', '|'),
                        Arbitraries.of(true, false),
                        Arbitraries.of("\n", "\r\n", "\r"),
                        Arbitraries.of(Encoding.values()),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Dialect::new);
    }

    @Provide
    Arbitrary<List<Map<String, String>>> people() {
        Arbitrary<Map<String, String>> person = Combinators.combine(values(), values(), values(), values(), values())
                .as((first, last, department, costCenter, title) -> {
                    Map<String, String> fields = new LinkedHashMap<>();
                    put(fields, "firstName", first);
                    put(fields, "lastName", last);
                    put(fields, "department", department);
                    put(fields, "costCenter", costCenter);
                    put(fields, "title", title);
                    return fields;
                });
        return person.list().ofMinSize(1).ofMaxSize(12).map(fields -> {
            List<Map<String, String>> people = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                Map<String, String> whole = new LinkedHashMap<>();
                whole.put("externalId", "E-" + i);
                whole.put("userName", "u" + i + "@example.com");
                whole.putAll(fields.get(i));
                people.add(whole);
            }
            return people;
        });
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    /** Texts without what makes a record invalid, which others test: at most 12 characters, so that no cell looks like a swallowed row. */
    private static Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars(",;\t|\"'=+-@#\r\n ".toCharArray())
                .withCharRange('a', 'z')
                .withChars('é', 'ü', '漢', '字', '\u200B', '\u00A0')
                .ofMaxLength(12)
                .map(value -> Edges.trimmed(value))
                .filter(value ->
                        value.chars().filter(c -> ",;\t|".indexOf(c) >= 0).count() < COLUMNS.size() - 1);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "externalId",
                "External ID",
                "userName",
                "E-1",
                "\"",
                "\"\"",
                ",",
                ";",
                "\t",
                "|",
                "\n",
                "\r\n",
                "\r",
                "sep=",
                "=",
                "'",
                "{",
                "}",
                "[",
                "]",
                ":",
                "users",
                "profile",
                " ",
                "\u00A0",
                "\u0000",
                "rejectedBecause",
                "#TYPE",
                "@",
                "1");
        return pieces.list().ofMaxSize(40).map(parts -> String.join("", parts));
    }
}
