package dev.bulkuserimport.source;

import dev.bulkuserimport.cost.Input;
import dev.bulkuserimport.cost.Input.Sized;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What of a file, and of the mapping beside it, can be made large. */
public final class SourceCosts implements Supplier<List<Input>> {

    private static final String HEADER = "External ID,User Name,title,department\n";

    private static final String GROUPED =
            "{'externalId':'External ID','profile':{'userName':'User Name'},'groups':[{'externalId':'title',"
                    + "'displayName':'department','split':';'}]}";

    private static final String SHEET = "xl/worksheets/sheet1.xml";

    private final List<Input> inputs = new ArrayList<>();

    @Override
    public List<Input> get() {
        tables();
        mapped();
        groups();
        json();
        payloads();
        workbooks();
        return inputs;
    }

    private static String times(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(i -> format.replace("%", String.valueOf(i)))
                .collect(Collectors.joining());
    }

    private static String people(int count) {
        return times(count, "E-%,u%@example.com,t,d\n");
    }

    private static byte[] utf8(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static SchemaKnowledge anything() {
        return new SchemaKnowledge.Unreadable("no scope");
    }

    private static Sized file(String name, String content, boolean skip, Optional<String> mapping) {
        byte[] bytes = utf8(content);
        byte[] rules = utf8(mapping.orElse(""));
        return new Sized(bytes.length + rules.length, () -> imported(name, bytes, skip, mapping.isPresent(), rules));
    }

    private static Object imported(String name, byte[] bytes, boolean skip, boolean mapped, byte[] rules) {
        try {
            return Imported.of(
                    FileFormat.of(name).orElseThrow(),
                    bytes,
                    mapped ? new SchemaKnowledge.Known(Imported.SCHEMA) : anything(),
                    skip,
                    mapped ? Optional.of(Mapping.parse(rules)) : Optional.empty());
        } catch (ProblemException e) {
            return e.problem();
        }
    }

    private void csv(String name, int smallest, IntFunction<String> content) {
        inputs.add(new Input("CSV: " + name, smallest, n -> file("a.csv", content.apply(n), false, Optional.empty())));
    }

    private void skipping(String name, int smallest, IntFunction<String> content) {
        inputs.add(new Input(
                "CSV, leaving invalid records out: " + name,
                smallest,
                n -> file("a.csv", content.apply(n), true, Optional.empty())));
    }

    private void mapped(String name, int smallest, IntFunction<String> content, IntFunction<String> mapping) {
        inputs.add(new Input(
                "mapping: " + name,
                smallest,
                n -> file("a.csv", content.apply(n), false, Optional.of(mapping.apply(n)))));
    }

    private void tables() {
        csv("rows", 500, n -> HEADER + people(n));
        csv("columns", 200, n -> "External ID,User Name" + times(n, ",c%") + "\n1,a" + times(n, ",v%") + "\n");
        csv("columns, more than allowed", 2_500, n -> "External ID,User Name" + times(n, ",c%") + "\n1,a\n");
        csv("columns without an external ID", 2_500, n -> "Name,User Name" + times(n, ",c%") + "\n1,a\n");
        csv("columns with a long name", 2_500, n -> "External ID,User Name," + "((".repeat(n) + "\n1,a,b\n");
        csv("empty columns", 4_000, n -> "External ID,User Name" + ",".repeat(n) + "\n1,a" + ",".repeat(n) + "\n");
        csv("quotes in a cell", 10_000, n -> HEADER + "1,a,\"" + "\"\"".repeat(n) + "\",d\n");
        csv("quotes without an end", 10_000, n -> HEADER + "1,a,\"" + "\"\"\n,".repeat(n));
        csv("line breaks in a cell", 10_000, n -> HEADER + "1,a,\"" + "\n".repeat(n) + "\",d\n");
        csv("separators in a cell", 5_000, n -> HEADER + "1,a,\"" + ",;\t|".repeat(n) + "\",d\n");
        csv("blank lines", 10_000, n -> HEADER + "\n".repeat(n) + "1,a,t,d\n");
        csv("lines before the header row", 2_000, n -> times(n, "line %\n") + HEADER + "1,a,t,d\n");
        csv("invisible characters around a cell", 10_000, n -> HEADER + "1,a," + "\u200B ".repeat(n) + "x,d\n");
        csv("a number's digits", 10_000, n -> HEADER + "1,a," + "9".repeat(n) + ",d\n");
        csv("combining marks", 5_000, n -> HEADER + "1,a," + "a" + "\u0301\u0323".repeat(n) + ",d\n");
        csv("combining marks in an ID", 5_000, n -> HEADER + "1" + "\u0301\u0323".repeat(n) + ",a,t,d\n");
        csv("combining marks in a login", 5_000, n -> HEADER + "1,a" + "\u0301\u0323".repeat(n) + ",t,d\n");
        csv(
                "combining marks in a name of a column",
                5_000,
                n -> "External ID,User Name,a" + "\u0301\u0323".repeat(n) + "\n1,a,b\n");
        csv("invalid rows", 500, n -> HEADER + times(n, "E-%,a b@,t,d\n"));
        csv("equal IDs", 500, n -> HEADER + "1,a,t,d\n".repeat(n));
        skipping("invalid rows", 400, n -> HEADER + times(n, "E-%,u%@example.com,t,d\nx%,,t,d\n"));
        skipping("equal rows", 400, n -> HEADER + "1,a,t,d\n".repeat(n));
        skipping("rows that contradict one another", 400, n -> HEADER + times(n, "1,u%,t%,d\n"));
        skipping("pairs that contradict each other", 400, n -> HEADER + times(n, "E%,u%,t,d\nE%,u%,s,d\n"));
        skipping("one login", 400, n -> HEADER + times(n, "E%,u,t,d\n"));
        skipping(
                "IDs in the form of a date",
                200,
                n -> HEADER + times(4 * n, "E%,u%,t,d\n") + times(n, "%-Mar,v%,t,d\n"));
    }

    private void mapped() {
        String profile = "{'externalId':'External ID','profile':{'userName':'User Name',";
        mapped("properties", 200, n -> HEADER + people(2), n -> profile + times(n, "'p%':'title',") + "'q':'title'}}");
        mapped(
                "columns in a list",
                1_000,
                n -> "External ID,User Name" + times(n, ",c%") + "\n1,a\n",
                n -> profile + "'q':[" + times(n, "'c%',") + "'c0']}}");
        mapped(
                "columns that the file lacks",
                500,
                n -> HEADER + people(1),
                n -> profile + "'q':[" + times(n, "'c%',") + "'c0']}}");
        mapped(
                "columns in a join",
                1_000,
                n -> "External ID,User Name" + times(n, ",c%") + "\n1,a" + times(n, ",v%") + "\n",
                n -> profile + "'q':{'join':[" + times(n, "'c%',") + "'c0'],'with':' '}}}");
        mapped(
                "columns that it doesn't name",
                1_000,
                n -> "External ID,User Name" + times(n, ",c%") + "\n1,a" + times(n, ",v%") + "\n",
                n -> profile + "'q':'c0'}}");
        mapped(
                "values",
                1_000,
                n -> HEADER + people(2),
                n -> profile + "'title':{'from':'title','values':{" + times(n, "'v%':'w%',") + "'t':'x'}}}}");
        mapped(
                "rules that skip",
                500,
                n -> HEADER + people(2),
                n -> profile + "'title':'title'},'skip':[" + times(n, "{'when':'title','is':['x%']},")
                        + "{'when':'title','is':['y']}]}");
        mapped(
                "values of a rule",
                1_000,
                n -> HEADER + people(2),
                n -> profile + "'title':'title'},'skip':{'when':'title','is':[" + times(n, "'x%',") + "'y']}}");
        mapped(
                "combining marks in lower case",
                1_000,
                n -> HEADER + "1,a," + "a" + "\u0301\u0323".repeat(n) + ",d\n",
                n -> profile + "'title':{'from':'title','lower':true}}}");
        mapped(
                "combining marks of groups in a cell",
                2_000,
                n -> HEADER + "1,a,b" + "\u0301\u0323".repeat(n) + ",d\n",
                n -> profile
                        + "'title':'title'},'groups':[{'externalId':{'from':'title','upper':true},'displayName':'title'}]}");
        mapped(
                "groups",
                200,
                n -> HEADER + people(2),
                n -> profile + "'title':'title'},'groups':["
                        + times(n, "{'externalId':{'from':'title','prefix':'g%-'},'displayName':'title'},")
                        + "{'externalId':'title','displayName':'title'}]}");
        mapped(
                "wrong members",
                1_000,
                n -> HEADER + people(1),
                n -> profile + "'q':'t'}," + times(n, "'x%':1,") + "'y':2}");
    }

    private void groups() {
        groups("groups in a cell", 500, n -> HEADER + "E-1,a," + times(n, "g%;") + "," + times(n, "n%;") + "\n");
        groups("one group named many times in a cell", 1_000, n -> HEADER + "E-1,a," + "g;".repeat(n) + ",n\n");
        groups("empty groups in a cell", 1_000, n -> HEADER + "E-1,a," + ";".repeat(n) + "g,n\n");
        groups("members of a group", 500, n -> HEADER + times(n, "E-%,u%,g,n\n"));
        groups("groups of a member", 500, n -> HEADER + times(n, "E-%,u%,g%,n\n"));
        groups("names of a group", 500, n -> HEADER + times(n, "E-%,u%,g,n%\n"));
        groups(
                "groups that are too long",
                500,
                n -> HEADER + "E-1,a," + times(n, "g%" + "x".repeat(300) + ";") + ",n\n");
    }

    private void groups(String name, int smallest, IntFunction<String> content) {
        mapped(name, smallest, content, n -> GROUPED);
    }

    private void json(String name, int smallest, IntFunction<String> content) {
        inputs.add(
                new Input("JSON: " + name, smallest, n -> file("a.json", content.apply(n), false, Optional.empty())));
    }

    private static String users(int count) {
        return times(count, "{'externalId':'E-%','profile':{'userName':'u%'}},") + "{'externalId':'x'}";
    }

    private void json() {
        String one = "{'users':[{'externalId':'1','profile':{'userName':'a'";
        json(
                "users",
                1_000,
                n -> "{'users':[" + times(n, "{'externalId':'E-%','profile':{'userName':'u%'}},")
                        + "{'externalId':'y','profile':{'userName':'z'}}]}");
        json("properties of a user", 200, n -> one + times(n, ",'p%':'v'") + "}}]}");
        json("properties of a user, more than allowed", 10_000, n -> one + times(n, ",'p%':'v'") + "}}]}");
        json("the same property again", 2_500, n -> one + ",'p':'v'".repeat(n) + "}}]}");
        json(
                "unknown members of a user",
                10_000,
                n -> "{'users':[{'externalId':'1'" + times(n, ",'m%':[1]") + ",'profile':{'userName':'a'}}]}");
        json("unknown top-level members", 10_000, n -> "{" + times(n, "'m%':[1],") + one.substring(1) + "}}]}");
        json(
                "depth of an unknown member",
                200,
                n -> "{'m':" + "[".repeat(n) + "]".repeat(n) + "," + one.substring(1) + "}}]}");
        json("depth of a value", 200, n -> one + ",'p':" + "{'a':".repeat(n) + "1" + "}".repeat(n) + "}}]}");
        json("digits of a number", 200, n -> one + ",'p':" + "9".repeat(n) + "}}]}");
        json("characters of a text", 10_000, n -> one + ",'p':'" + "x".repeat(n) + "'}}]}");
        json("escapes of a text", 10_000, n -> one + ",'p':'" + "\\u0041".repeat(n) + "'}}]}");
        json("white space", 10_000, n -> "{" + " \n".repeat(n) + one.substring(1) + "}}]}");
        json("users that are no objects", 1_000, n -> "{'users':[" + "1,".repeat(n) + "2]}");
        inputs.add(new Input(
                "NDJSON: lines",
                1_000,
                n -> file(
                        "a.ndjson",
                        times(n, "{'externalId':'E-%','profile':{'userName':'u%'}}\n"),
                        false,
                        Optional.empty())));
        inputs.add(new Input(
                "JSON with a mapping: paths",
                200,
                n -> file(
                        "a.json",
                        "[{'id':'1','u':'a','a':{" + times(n, "'b%':{'c':'x'},") + "'z':1}}]",
                        false,
                        Optional.of(
                                "{'externalId':'id','profile':{'userName':'u'" + times(n, ",'p%':'a.b%.c'") + "}}"))));
        inputs.add(new Input(
                "JSON with a mapping: depth of a path",
                200,
                n -> file(
                        "a.json",
                        "[{'id':'1','u':'a','a':'broken'}]",
                        false,
                        Optional.of("{'externalId':'id','profile':{'userName':'u','p':'" + "a.".repeat(n) + "a'}}"))));
        inputs.add(new Input(
                "JSON with a mapping: members that it doesn't name",
                1_000,
                n -> file(
                        "a.json",
                        "[{'id':'1','u':'a'" + times(n, ",'m%':{'n':1}") + "}]",
                        false,
                        Optional.of("{'externalId':'id','profile':{'userName':'u'}}"))));
    }

    private void payloads() {
        json(
                "groups",
                1_000,
                n -> "{'users':[],'groups':[" + times(n, "{'externalId':'g%','profile':{'displayName':'n'}},")
                        + "{'externalId':'h','profile':{'displayName':'n'}}]}");
        json(
                "equal groups",
                1_000,
                n -> "{'users':[],'groups':["
                        + "{'externalId':'g','profile':{'displayName':'n'}},".repeat(n)
                        + "{'externalId':'h','profile':{'displayName':'n'}}]}");
        json(
                "members of a membership",
                1_000,
                n -> "{'users':[],'memberships':[{'groupExternalId':'g','memberExternalIds':[" + times(n, "'m%',")
                        + "'x']}]}");
        json(
                "memberships",
                1_000,
                n -> "{'users':[],'memberships':["
                        + times(n, "{'groupExternalId':'g%','memberExternalIds':['m']},")
                        + "{'groupExternalId':'h','memberExternalIds':['m']}]}");
        json(
                "memberships of one group",
                1_000,
                n -> "{'users':[],'memberships':["
                        + times(n, "{'groupExternalId':'g','memberExternalIds':['m%']},")
                        + "{'groupExternalId':'h','memberExternalIds':['m']}]}");
        json(
                "equal members",
                1_000,
                n -> "{'users':[],'memberships':[{'groupExternalId':'g','memberExternalIds':[" + "'m',".repeat(n)
                        + "'x']}]}");
    }

    private void xlsx(String name, int smallest, IntFunction<Workbook> made) {
        inputs.add(new Input("xlsx: " + name, smallest, n -> {
            byte[] bytes = made.apply(n).bytes();
            return new Sized(
                    made.apply(n).written(),
                    () -> Imported.of(FileFormat.of("a.xlsx").orElseThrow(), bytes, anything(), false));
        }));
    }

    private static Workbook workbook() {
        return new Workbook().row("S", 1, "External ID", "User Name", "title").row("S", 2, "1", "ana", "x");
    }

    private static String sheet(String rows) {
        return sheet(rows, "");
    }

    private static String sheet(String rows, String after) {
        return "<worksheet><sheetData><row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>"
                + rows + "</sheetData>" + after + "</worksheet>";
    }

    private static String row(int number, String title) {
        return "<row r=\"" + number + "\"><c t=\"str\"><v>E" + number + "</v></c><c t=\"str\"><v>u" + number
                + "</v></c>" + title + "</row>";
    }

    private static String rows(int count, IntFunction<String> title) {
        return IntStream.range(2, 2 + count)
                .mapToObj(number -> row(number, title.apply(number)))
                .collect(Collectors.joining());
    }

    private void workbooks() {
        xlsx("rows", 250, n -> workbook().with(SHEET, sheet(rows(n, i -> "<c t=\"str\"><v>x</v></c>"))));
        xlsx("cells of a row", 500, n -> workbook()
                .with(SHEET, sheet("<row r=\"2\">" + times(n, "<c><v>%</v></c>") + "</row>")));
        xlsx("rows far to the right", 10, n -> workbook()
                .with(SHEET, sheet(rows(n, i -> "<c r=\"XFD" + i + "\"><v>1</v></c>"))));
        xlsx("shared texts", 400, n -> workbook()
                .with(
                        "xl/sharedStrings.xml",
                        "<sst><si><t>External ID</t></si><si><t>User Name</t></si><si><t>title</t></si>"
                                + times(n, "<si><t>text %</t></si>") + "</sst>")
                .with(SHEET, sheet(rows(n, i -> "<c t=\"s\"><v>" + (i + 1) + "</v></c>"))));
        xlsx("runs of a shared text", 1_000, n -> workbook()
                .with(
                        "xl/sharedStrings.xml",
                        "<sst><si><t>External ID</t></si><si><t>User Name</t></si><si><t>title</t></si><si>"
                                + "<r><t>xyz </t></r>".repeat(n) + "</si></sst>")
                .with(SHEET, sheet(rows(1, i -> "<c t=\"s\"><v>3</v></c>"))));
        xlsx("styles", 400, n -> workbook()
                .with(
                        "xl/styles.xml",
                        "<styleSheet><numFmts>" + times(n, "<numFmt numFmtId=\"%\" formatCode=\"0.0%\"/>")
                                + "</numFmts><cellXfs>" + times(n, "<xf numFmtId=\"%\"/>") + "</cellXfs></styleSheet>")
                .with(SHEET, sheet(rows(n, i -> "<c s=\"" + (i - 2) + "\"><v>1</v></c>"))));
        xlsx("characters of a format", 2_000, n -> workbook()
                .with(
                        "xl/styles.xml",
                        "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"" + "0,".repeat(n)
                                + "\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"200\"/></cellXfs></styleSheet>")
                .with(SHEET, sheet(rows(20, i -> "<c s=\"1\"><v>12345.678</v></c>"))));
        xlsx("sections of a format", 2_000, n -> workbook()
                .with(
                        "xl/styles.xml",
                        "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"" + "[Red]0;".repeat(n)
                                + "\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"200\"/></cellXfs></styleSheet>")
                .with(SHEET, sheet(rows(20, i -> "<c s=\"1\"><v>12345.678</v></c>"))));
        xlsx("merged areas", 300, n -> workbook()
                .with(
                        SHEET,
                        sheet(
                                rows(2 * n, i -> i % 2 == 0 ? "<c r=\"C" + i + "\" t=\"str\"><v>x</v></c>" : ""),
                                "<mergeCells>" + merged(n) + "</mergeCells>")));
        xlsx("merged areas that overlap", 300, n -> workbook()
                .with(
                        SHEET,
                        sheet(
                                rows(10, i -> "<c r=\"C" + i + "\" t=\"str\"><v>x</v></c>"),
                                "<mergeCells>" + "<mergeCell ref=\"C2:C11\"/>".repeat(n) + "</mergeCells>")));
        xlsx("rows of one merged area", 250, n -> workbook()
                .with(
                        SHEET,
                        sheet(
                                rows(n, i -> i == 2 ? "<c r=\"C2\" t=\"str\"><v>x</v></c>" : ""),
                                "<mergeCells><mergeCell ref=\"C2:C" + (n + 1) + "\"/></mergeCells>")));
        xlsx("sheets", 50, n -> {
            Workbook book = workbook();
            for (int i = 0; i < n; i++) {
                book.row("T" + i, 1, "External ID", "User Name", "title");
            }
            return book;
        });
        xlsx("parts that no one names", 500, n -> {
            Workbook book = workbook();
            for (int i = 0; i < n; i++) {
                book.with("docProps/p" + i + ".xml", "<a/>");
            }
            return book;
        });
        xlsx("numbers", 200, n -> workbook().with(SHEET, sheet(rows(n, i -> "<c><v>0.1234567890123</v></c>"))));
        xlsx("digits of a number", 500, n -> workbook()
                .with(SHEET, sheet(rows(20, i -> "<c><v>" + "9".repeat(n) + "</v></c>"))));
    }

    private static String merged(int count) {
        IntUnaryOperator first = i -> 2 + 2 * i;
        return IntStream.range(0, count)
                .map(first)
                .mapToObj(i -> "<mergeCell ref=\"C" + i + ":C" + (i + 1) + "\"/>")
                .collect(Collectors.joining());
    }
}
