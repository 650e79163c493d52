package dev.bulkuserimport.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.rules.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A mapped row")
class MappedRowsTest {

    static Stream<Arguments> applied() {
        return Specification.of("applied.yaml");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("becomes a record")
    void applied(JsonNode one) throws IOException {
        RecordingSink sink = new RecordingSink(!one.path("operation").asText().equals("deactivations"));
        Mapping mapping = mapping(one.path("mapping").asText());
        Instant now = Instant.parse(one.path("now").asText("2026-06-15T12:00:00Z"));
        MappedRows rows = new MappedRows(at(mapping, now), Specification.texts(one.path("columns")), sink);
        long line = 2;
        for (JsonNode row : one.path("rows")) {
            rows.row(line++, Specification.texts(row), cell -> false, List.of(), List.of(), false);
        }
        assertThat(sink.records()).isEqualTo(Specification.texts(one.path("records")));
        if (one.has("ignored")) {
            assertThat(rows.ignoredColumns()).isEqualTo(Specification.texts(one.path("ignored")));
        }
    }

    /** The same mapping at another time. */
    private static Mapping at(Mapping mapping, Instant now) {
        return new Mapping(
                mapping.columns(),
                mapping.externalIdRule(),
                mapping.propertyRules(),
                mapping.deactivate(),
                mapping.skip(),
                mapping.groups(),
                mapping.file(),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Mapping mapping(String json) {
        return Mapping.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "true, Contractor, 1, skip E-1",
        "true, Contractor, 0, skip",
        "true, Gone, 1, 2 deactivate E-1",
        "true, x, 1, 2 !is damaged E-1 userName=a",
        "true, Contractor, 2, 2 !is damaged E-1 userName=a",
        "false, Contractor, 1, skip E-1",
        "false, x, 1, 2 E-1",
        "false, x, 0, 2 !is damaged ? E-1",
        "false, x, 2, 2 !is damaged E-1"
    })
    @DisplayName("with a damaged cell is skipped or deactivated all the same, unless the rule reads that cell")
    void damagedCell(boolean profiles, String status, int damaged, String expected) throws IOException {
        RecordingSink sink = new RecordingSink(profiles);
        MappedRows rows = new MappedRows(
                mapping("{\"externalId\":\"ID\",\"profile\":{\"userName\":\"Login\"},"
                        + "\"skip\":{\"when\":\"Status\",\"is\":[\"Contractor\"]},"
                        + "\"deactivate\":{\"when\":\"Status\",\"is\":[\"Gone\"]}}"),
                List.of("ID", "Login", "Status"),
                sink);
        DamagedCell cell = new DamagedCell(damaged, damaged == 0, true, Fault.of("is damaged"));
        rows.row(2, List.of("E-1", "a", status), i -> false, List.of(), List.of(cell), damaged == 0);
        assertThat(sink.records()).containsExactly(expected);
    }

    @Test
    @DisplayName("that is broken as a whole is neither skipped nor deactivated, and says why")
    void broken() throws IOException {
        RecordingSink sink = new RecordingSink(true);
        MappedRows rows = new MappedRows(
                mapping("{\"externalId\":\"ID\",\"profile\":{\"a\":\"A\"},\"skip\":{\"when\":\"A\",\"is\":[\"x\"]},"
                        + "\"deactivate\":{\"when\":\"A\",\"is\":[\"y\"]}}"),
                List.of("ID", "A"),
                sink);
        rows.row(2, List.of("E-1", "x", "surplus"), cell -> false, List.of(Fault.of("has 3 fields")), List.of(), true);
        rows.row(3, List.of("E-2", "y", "surplus"), cell -> false, List.of(Fault.of("has 3 fields")), List.of(), true);
        assertThat(sink.records()).containsExactly("2 !has 3 fields ? E-1 a=x", "3 !has 3 fields ? E-2 a=y");
    }

    @Test
    @DisplayName("counts for the rule that it fulfils, and gives the login of whoever it deactivates")
    void ruleUses() throws IOException {
        RecordingSink sink = new RecordingSink(true);
        MappedRows rows = new MappedRows(
                mapping("{\"externalId\":\"ID\",\"profile\":{\"userName\":{\"from\":\"Mail\",\"lower\":true}},"
                        + "\"skip\":{\"when\":\"Status\",\"is\":[\"Onboarding\"]},"
                        + "\"deactivate\":[{\"when\":\"Status\",\"is\":[\"Terminated\",\"Leaver\"]},"
                        + "{\"when\":\"Status\",\"empty\":true}]}"),
                List.of("ID", "Mail", "Status"),
                sink);
        long line = 2;
        for (String status : List.of("onboarding", "LEAVER", "terminated", "", "Active")) {
            rows.row(line, List.of("E-" + line, "U" + line, status), cell -> false, List.of(), List.of(), false);
            line++;
        }
        assertThat(sink.leaverLogins()).containsExactly("u3", "u4", "u5");
        assertThat(sink.rules())
                .containsExactly(
                        new SourceShape.RuleUse("skip", "Status", "onboarding", 1),
                        new SourceShape.RuleUse("deactivate", "Status", "leaver\nterminated", 2));
    }

    @Test
    @DisplayName("counts for each rule that it fulfils, also where another one decides")
    void ruleUsesOfAll() throws IOException {
        RecordingSink sink = new RecordingSink(true);
        MappedRows rows = new MappedRows(
                mapping(
                        "{\"externalId\":\"ID\",\"profile\":{\"a\":\"A\"},"
                                + "\"skip\":[{\"when\":\"A\",\"is\":[\"x\"]},{\"when\":\"Type\",\"is\":[\"Contractor\"]}],"
                                + "\"deactivate\":[{\"when\":\"A\",\"is\":[\"y\"]},{\"when\":\"Status\",\"is\":[\"Leaver\"]}]}"),
                List.of("ID", "A", "Type", "Status"),
                sink);
        rows.row(2, List.of("E-1", "x", "Contractor", "Leaver"), cell -> false, List.of(), List.of(), false);
        rows.row(3, List.of("E-2", "y", "", "Leaver"), cell -> false, List.of(), List.of(), false);
        rows.row(4, List.of("E-3", "z", "", ""), cell -> false, List.of(), List.of(), false);
        assertThat(sink.rules()).extracting(SourceShape.RuleUse::rows).containsExactly(1, 1, 1, 2);
    }

    @Test
    @DisplayName("needs all columns that the mapping names; each that is missing is told with the nearest")
    void missing() {
        Mapping mapping =
                mapping("{\"externalId\":\"Employee Number\",\"profile\":{\"userName\":{\"from\":[\"Work Email\","
                        + "\"Private\"]}},\"skip\":{\"when\":\"Type\",\"is\":[\"x\"]}}");
        assertThatThrownBy(() -> new MappedRows(
                        mapping, List.of("Employee number", "work_e-mail", "Zip"), new RecordingSink(true)))
                .hasMessageContaining(
                        "Employee Number is a column that the mapping names, but the file doesn't have it; did you mean"
                                + " Employee number?")
                .hasMessageContaining(
                        "Work Email is a column that the mapping names, but the file doesn't have it; did you mean"
                                + " work_e-mail?")
                .hasMessageContaining("Private is a column that the mapping names, but the file doesn't have it;")
                .hasMessageContaining("Type is a column that the mapping names, but the file doesn't have it");
    }

    @Test
    @DisplayName("needs a column that stands only once, if the mapping names it")
    void twice() {
        Mapping mapping = mapping("{\"externalId\":\"ID\",\"profile\":{\"a\":\"A\"}}");
        assertThatThrownBy(() -> new MappedRows(mapping, List.of("ID", "A", "A", "ID"), new RecordingSink(true)))
                .hasMessageContaining(
                        "A is a column that the mapping names, but the header row has it twice (columns 2 and 3)")
                .hasMessageContaining("ID is a column");
        assertThat(new MappedRows(
                                mapping,
                                List.of("ID", "A", "Note", "Note", "", "rejectedBecause"),
                                new RecordingSink(true))
                        .ignoredColumns())
                .containsExactly("Note", "Note");
    }

    @Test
    @DisplayName("needs a userName where the mapping makes one, and a profile where one is wanted")
    void required() {
        RecordingSink sink = new RecordingSink(true);
        new MappedRows(mapping("{\"externalId\":\"ID\",\"profile\":{\"userName\":\"ID\"}}"), List.of("ID"), sink);
        assertThat(sink.required()).containsExactly("userName");
        Mapping onlyIds = mapping("{\"externalId\":\"ID\"}");
        new MappedRows(onlyIds, List.of("ID"), new RecordingSink(false));
        assertThatThrownBy(() -> new MappedRows(onlyIds, List.of("ID"), new RecordingSink(true)))
                .hasMessageContaining("mapping.profile is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Kiritimati", "America/St_Johns", "Europe/Berlin"})
    @DisplayName(
            "of a joiner and of a leaver changes at midnight of its zone, over 400 days: no one a day early or late")
    void fourHundredDays(String zone) throws IOException {
        ZoneId there = ZoneId.of(zone);
        Mapping mapping = mapping("{\"externalId\":\"ID\",\"profile\":{\"a\":\"ID\"},"
                + "\"deactivate\":{\"when\":\"Last\",\"date\":\"dd/MM/yyyy\",\"before\":\"today\",\"zone\":\"" + zone
                + "\"},"
                + "\"skip\":{\"when\":\"Hired\",\"date\":\"yyyy-MM-dd\",\"after\":\"today+14d\",\"zone\":\"" + zone
                + "\"}}");
        LocalDate first = LocalDate.of(2027, 11, 1);
        for (int day = 0; day < 400; day++) {
            LocalDate date = first.plusDays(day);
            Instant midnight = date.atStartOfDay(there).toInstant();
            String last = "%1$td/%1$tm/%1$tY".formatted(date);
            // The account that ends on this day is there in its last second, and is deactivated in the next day's
            // first.
            Instant nextMidnight = date.plusDays(1).atStartOfDay(there).toInstant();
            assertThat(at(mapping, midnight, last, "")).startsWith("2 E-1");
            assertThat(at(mapping, nextMidnight.minusMillis(1), last, "")).startsWith("2 E-1");
            assertThat(at(mapping, nextMidnight, last, "")).isEqualTo("2 deactivate E-1");
            // The account of someone who is hired in 14 days is made today, and wasn't yesterday.
            String hired = date.plusDays(14).toString();
            assertThat(at(mapping, midnight.minusMillis(1), "", hired)).isEqualTo("skip E-1");
            assertThat(at(mapping, midnight, "", hired)).startsWith("2 E-1");
        }
    }

    private static String at(Mapping mapping, Instant now, String last, String hired) throws IOException {
        RecordingSink sink = new RecordingSink(true);
        new MappedRows(at(mapping, now), List.of("ID", "Last", "Hired"), sink)
                .row(2, List.of("E-1", last, hired), cell -> false, List.of(), List.of(), false);
        return sink.records().get(0);
    }

    @Test
    @DisplayName("takes a spreadsheet's own dates whatever the pattern, and no other cell's")
    void dateCells() throws IOException {
        RecordingSink sink = new RecordingSink(true);
        Mapping mapping =
                mapping("{\"externalId\":\"ID\",\"profile\":{\"a\":{\"from\":[\"A\",\"B\"],\"date\":\"dd/MM/yyyy\"}},"
                        + "\"deactivate\":{\"when\":\"B\",\"date\":\"yyyy-dd-MM\",\"before\":\"today\"}}");
        MappedRows rows =
                new MappedRows(at(mapping, Instant.parse("2026-06-15T12:00:00Z")), List.of("ID", "A", "B"), sink);
        rows.row(2, List.of("E-1", "2026-03-04 08:00:00", ""), cell -> cell > 0, List.of(), List.of(), false);
        rows.row(3, List.of("E-2", "04/03/2026", "2026-07-01"), cell -> cell > 1, List.of(), List.of(), false);
        rows.row(4, List.of("E-3", "", "2026-03-04"), cell -> cell > 1, List.of(), List.of(), false);
        rows.row(5, List.of("E-4", "2026-03-04", ""), cell -> false, List.of(), List.of(), false);
        assertThat(sink.records())
                .containsExactly(
                        "2 E-1 a=2026-03-04",
                        "3 E-2 a=2026-03-04",
                        "4 deactivate E-3",
                        "5 E-4 !a can't be derived from columns A, B: its value is not a date with the pattern dd/MM/yyyy");
    }

    @Test
    @DisplayName("that was rejected takes a date that was a spreadsheet's own, but first what the pattern reads")
    void rejectedDateCells() throws IOException {
        RecordingSink sink = new RecordingSink(true);
        Mapping mapping = mapping("{\"externalId\":\"ID\",\"profile\":{\"a\":{\"from\":\"A\",\"date\":\"dd/MM/yyyy\"},"
                + "\"b\":{\"from\":\"B\",\"date\":\"yyyy-dd-MM\"}},"
                + "\"deactivate\":{\"when\":\"A\",\"date\":\"dd/MM/yyyy\",\"before\":\"today\"},"
                + "\"groups\":{\"externalId\":{\"from\":\"A\",\"date\":\"dd/MM/yyyy\"},\"displayName\":\"ID\"}}");
        MappedRows rows = new MappedRows(
                at(mapping, Instant.parse("2026-06-15T12:00:00Z")), List.of("ID", "A", "B", "rejectedBecause"), sink);
        rows.row(2, List.of("E-1", "2026-07-14", "2026-04-03", ""), cell -> false, List.of(), List.of(), false);
        rows.row(
                3, List.of("E-2", "14/07/2026", "2026-03-14T08:00:00", ""), cell -> false, List.of(), List.of(), false);
        rows.row(4, List.of("E-3", "2026-05-14", "", ""), cell -> false, List.of(), List.of(), false);
        rows.row(5, List.of("E-4", "", "soon", ""), cell -> false, List.of(), List.of(), false);
        assertThat(sink.records())
                .containsExactly(
                        "2 E-1 a=2026-07-14 b=2026-03-04 @2026-07-14/E-1",
                        "3 E-2 a=2026-07-14 b=2026-03-14 @2026-07-14/E-2",
                        "4 deactivate E-3",
                        "5 E-4 !b can't be derived from column B: its value is not a date with the pattern yyyy-dd-MM");
    }

    @Test
    @DisplayName("may take the first of as many columns as a mapping can hold")
    void manyColumns() throws IOException {
        List<String> header = new ArrayList<>(List.of("ID"));
        StringBuilder columns = new StringBuilder("\"ID\"");
        for (int i = 0; i < 49_000; i++) {
            header.add("c" + i);
            columns.append(",\"c").append(i).append('"');
        }
        Mapping mapping = mapping("{\"externalId\":\"ID\",\"profile\":{\"a\":{\"from\":[" + columns + "]}}}");
        RecordingSink sink = new RecordingSink(true);
        new MappedRows(mapping, header, sink).row(2, List.of("E-1"), cell -> false, List.of(), List.of(), false);
        assertThat(sink.records()).containsExactly("2 E-1 a=E-1");
    }
}
