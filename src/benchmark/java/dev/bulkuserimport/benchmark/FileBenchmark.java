package dev.bulkuserimport.benchmark;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.FirstOccurrences;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.rules.ExternalId;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.StandardProperty;
import dev.bulkuserimport.source.FileFormat;
import dev.bulkuserimport.source.FileSource;
import dev.bulkuserimport.source.ImportDefaults;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.openjdk.jmh.annotations.Benchmark;

/** Files of 10,000 users, read, checked and cut into requests: against the same file read by the format's parser alone. */
public class FileBenchmark extends MillisecondBenchmark {

    private static final ImportDefaults BESIDE = new ImportDefaults(
            Optional.of("0oaBenchmark"), Optional.of(ImportOperation.CREATE_AND_UPDATE), Optional.empty(), true, true);

    private static final Mapping MAPPING = Mapping.parse(Exports.MAPPING.getBytes(StandardCharsets.UTF_8));

    private final JsonFactory json = new JsonFactory();
    private final XMLInputFactory xml = XMLInputFactory.newFactory();
    private final byte[] csv = Exports.csv(USERS);
    private final byte[] xlsx = Exports.xlsx(USERS);
    private final char[][] everyId = column(0);
    private final char[][] everyLogin = column(1);

    private static char[][] column(int column) {
        return IntStream.range(0, USERS)
                .mapToObj(i -> Exports.user(i)[column].toCharArray())
                .toArray(char[][]::new);
    }

    private static int planned(String name, byte[] bytes, ImportDefaults defaults) throws IOException {
        FileSource file =
                new FileSource(FileFormat.of(name).orElseThrow(), defaults, () -> new ByteArrayInputStream(bytes));
        int[] users = {0};
        try (RecordSource source = file.records()) {
            SessionPlanner planner =
                    new SessionPlanner(PlanRules.oneSession(source.preface().operation(), false), session -> {
                        users[0] = session.users();
                        session.release();
                    });
            source.read(planner, SchemaKnowledge.NOT_ASKED);
            planner.finish();
        }
        if (users[0] != USERS) {
            throw new IllegalStateException(users[0] + " users");
        }
        return users[0];
    }

    /** A CSV file as the function reads it, cut into checked requests. */
    @Benchmark
    public int csvPlanned() throws IOException {
        return planned("people.csv", csv, BESIDE);
    }

    /** The same with a mapping. */
    @Benchmark
    public int csvMapped() throws IOException {
        return planned("people.csv", csv, BESIDE.with(MAPPING));
    }

    /** FastCSV alone: every cell of the file as a text, by its column's name, and nothing done with it. */
    @Benchmark
    public int csvRead() throws IOException {
        int characters = 0;
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(new ByteArrayInputStream(csv), StandardCharsets.UTF_8))) {
            for (NamedCsvRecord row : rows) {
                for (String cell : row.getFields()) {
                    characters += cell.length();
                }
            }
        }
        return characters;
    }

    /** The floor: read by FastCSV and written by Jackson's streaming core, unchecked. */
    @Benchmark
    public int csvFloor() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * csv.length);
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                        .ofNamedCsvRecord(
                                new InputStreamReader(new ByteArrayInputStream(csv), StandardCharsets.UTF_8));
                JsonGenerator to = json.createGenerator(out, JsonEncoding.UTF8)) {
            to.writeStartArray();
            for (NamedCsvRecord row : rows) {
                List<String> names = row.getHeader();
                List<String> cells = row.getFields();
                to.writeStartObject();
                for (int c = 0; c < cells.size(); c++) {
                    to.writeStringField(names.get(c), cells.get(c));
                }
                to.writeEndObject();
            }
            to.writeEndArray();
        }
        return out.size();
    }

    /** A workbook as the function reads it, cut into checked requests. */
    @Benchmark
    public int xlsxPlanned() throws IOException {
        return planned("people.xlsx", xlsx, BESIDE);
    }

    /** The workbook's sheet unpacked and read by the XML parser alone. */
    @Benchmark
    public int xlsxRead() throws IOException, XMLStreamException {
        int characters = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(xlsx))) {
            ZipEntry entry = zip.getNextEntry();
            while (!entry.getName().endsWith("sheet1.xml")) {
                entry = zip.getNextEntry();
            }
            XMLStreamReader sheet = xml.createXMLStreamReader(zip, "UTF-8");
            while (sheet.hasNext()) {
                if (sheet.next() == XMLStreamReader.CHARACTERS) {
                    characters += sheet.getTextLength();
                }
            }
            sheet.close();
        }
        return characters;
    }

    /** What the hygiene of identities and the search for people and logins that come twice cost by themselves. */
    @Benchmark
    public int identity() {
        FirstOccurrences ids = new FirstOccurrences();
        FirstOccurrences logins = new FirstOccurrences();
        int faults = 0;
        for (int i = 0; i < USERS; i++) {
            char[] id = everyId[i];
            char[] login = everyLogin[i];
            faults += ExternalId.fault(id, 0, id.length).isPresent() ? 1 : 0;
            faults += StandardProperty.USER_NAME.fault(login, 0, login.length).isPresent() ? 1 : 0;
            faults += StandardProperty.EMAIL.fault(login, 0, login.length).isPresent() ? 1 : 0;
            faults += ids.putIfAbsent(new String(id), i) < 0 ? 0 : 1;
            faults += logins.putIfAbsent(new String(login).toLowerCase(Locale.ROOT), i) < 0 ? 0 : 1;
        }
        return faults;
    }
}
