package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.Comparison;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is taken for somebody else is missing from a snapshot, and would be deactivated for being gone. */
@DisplayName("Of a record that is left out of a snapshot the external ID")
class DoubtedIdsTest {

    private static final String HEADER = "externalId,userName,title\n";
    private static final String MAPPING = "{\"externalId\":\"externalId\",\"profile\":{\"userName\":\"userName\","
            + "\"title\":\"title\"},\"skip\":{\"when\":\"title\",\"is\":[\"Contractor\"]}}";

    /** What a comparison is told of those who are left out: the ID, or {@code ?} for anybody. */
    /** External IDs that the state knows. */
    private Set<String> known = Set.of();

    private List<String> leftOut(String name, byte[] bytes, Optional<String> mapping) throws IOException {
        List<String> told = new ArrayList<>();
        Comparison comparison = new Comparison() {
            @Override
            public void leftOut(Optional<String> externalId) {
                told.add(externalId.orElse("?"));
            }

            @Override
            public boolean isKnown(String externalId) {
                return known.contains(externalId);
            }
        };
        ImportDefaults beside = new ImportDefaults(
                Optional.of("0oaDoubted"), Optional.of(ImportOperation.SNAPSHOT), Optional.empty(), true, true);
        ImportDefaults defaults = mapping.map(text -> beside.with(Mapping.parse(text.getBytes(StandardCharsets.UTF_8))))
                .orElse(beside);
        FileSource file =
                new FileSource(FileFormat.of(name).orElseThrow(), defaults, () -> new ByteArrayInputStream(bytes));
        try (RecordSource source = file.records()) {
            source.preface();
            PlanRules rules =
                    PlanRules.oneSession(ImportOperation.SNAPSHOT, true).withComparison(comparison);
            SessionPlanner planner = new SessionPlanner(rules, session -> {});
            source.read(planner, SchemaKnowledge.NOT_ASKED);
            if (planner.mustReadAgain()) {
                told.clear();
                source.again();
                planner = planner.readingAgain(rules);
                source.read(planner, SchemaKnowledge.NOT_ASKED);
            }
            planner.finish();
        }
        return told;
    }

    private List<String> leftOut(String name, String text, Optional<String> mapping) throws IOException {
        return leftOut(name, text.getBytes(StandardCharsets.UTF_8), mapping);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E-1,a,\"x\nE-2,b,x\nE-3,c,x\"\n",
                "R,D,E-1,a\n",
                "E-1\n",
            })
    @DisplayName(
            "is nobody's where the fields of its row have slipped or it has swallowed other rows, with a mapping too")
    void slipped(String row) throws IOException {
        assertThat(leftOut("people.csv", HEADER + row, Optional.empty())).containsExactly("?");
        assertThat(leftOut("people.csv", HEADER + row, Optional.of(MAPPING))).containsExactly("?");
    }

    @Test
    @DisplayName("is nobody's where its cell has swallowed others, in a table of one column")
    void several() throws IOException {
        assertThat(leftOut("people.csv", "externalId\n\"E-1\nE-2\nE-3\"\n", Optional.empty()))
                .containsExactly("?");
    }

    @Test
    @DisplayName("is nobody's where a row has more than its header row names")
    void nameless() throws IOException {
        assertThat(leftOut("people.csv", "externalId,userName,,\nE-1,a,,\nR,E-2,b,\n", Optional.empty()))
                .containsExactly("?");
    }

    @Test
    @DisplayName("is nobody's where it stands there twice")
    void twice() throws IOException {
        assertThat(leftOut(
                        "people.json",
                        "[{\"externalId\":\"E-1\",\"externalId\":\"E-2\",\"profile\":{\"userName\":\"a\"}},"
                                + "{\"externalId\":\"E-3\",\"externalId\":null,\"profile\":{\"userName\":\"b\"}}]",
                        Optional.empty()))
                .containsExactly("?", "?");
        assertThat(leftOut(
                        "people.json",
                        "[{\"externalId\":\"E-1\",\"externalId\":\"E-2\",\"userName\":\"a\",\"title\":\"x\"}]",
                        Optional.of(MAPPING)))
                .containsExactly("?");
    }

    @Test
    @DisplayName("is nobody's where a spreadsheet has rounded it, with a mapping too")
    void rounded() throws IOException {
        byte[] workbook = new Workbook()
                .row("Sheet1", 1, "externalId", "userName", "title")
                .row("Sheet1", 2, "<c><v>12345678901234567</v></c>", "a", "x")
                .bytes();
        assertThat(leftOut("people.xlsx", workbook, Optional.empty())).containsExactly("?");
        assertThat(leftOut("people.xlsx", workbook, Optional.of(MAPPING))).containsExactly("?");
    }

    @Test
    @DisplayName("is nobody's where a mapping skips it and a spreadsheet has shortened it")
    void skipped() throws IOException {
        assertThat(leftOut(
                        "people.csv",
                        HEADER + "1.23457E+11,a,Contractor\nE-2,b,Contractor\nE-3,c,x\n",
                        Optional.of(MAPPING)))
                .containsExactly("?", "E-2");
    }

    @Test
    @DisplayName("is nobody's where a spreadsheet has made it a date, with a mapping too, rejected or skipped by it")
    void dates() throws IOException {
        String others = "3-10,a,x\n3-11,b,x\n3-12,c,x\n";
        assertThat(leftOut("people.csv", HEADER + others + "14-Mar,d,x\n", Optional.empty()))
                .containsExactly("?");
        assertThat(leftOut("people.csv", HEADER + others + "14-Mar,d,x\n", Optional.of(MAPPING)))
                .containsExactly("?");
        assertThat(leftOut("people.csv", HEADER + others + "14-Mar,d,Contractor\n", Optional.of(MAPPING)))
                .containsExactly("?");
        assertThat(leftOut(
                        "people.csv",
                        HEADER + "3-10,a,Contractor\n3-11,b,Contractor\n3-12,c,x\n14-Mar,d,Contractor\n",
                        Optional.of(MAPPING)))
                .as("the others may be skipped too")
                .containsExactly("3-10", "3-11", "?");
        String prefixed = MAPPING.replace(
                "{\"externalId\":\"externalId\"", "{\"externalId\":{\"from\":\"externalId\",\"prefix\":\"hr-\"}");
        assertThat(leftOut("people.csv", HEADER + others + "14-Mar,d,Contractor\n", Optional.of(prefixed)))
                .containsExactly("?");
    }

    @Test
    @DisplayName("is its own where it looks like a date, and the state knows it, or the other IDs look so too")
    void usualDates() throws IOException {
        String others = "3-10,a,x\n3-11,b,x\n3-12,c,x\n";
        known = Set.of("14-Mar");
        assertThat(leftOut("people.csv", HEADER + others + "14-Mar,d,Contractor\n", Optional.of(MAPPING)))
                .containsExactly("14-Mar");
        known = Set.of();
        assertThat(leftOut(
                        "people.csv",
                        HEADER + "14-Mar,d,Contractor\n15-Mar,d,Contractor\n" + others,
                        Optional.of(MAPPING)))
                .containsExactly("14-Mar", "15-Mar");
        assertThat(leftOut("people.csv", HEADER + "3-10,a,x\n14-Mar,d,Contractor\n", Optional.of(MAPPING)))
                .containsExactly("14-Mar");
    }

    @Test
    @DisplayName("is nobody's where a mapping skips it and a spreadsheet has rounded it")
    void skippedAndRounded() throws IOException {
        byte[] workbook = new Workbook()
                .row("Sheet1", 1, "externalId", "userName", "title")
                .row("Sheet1", 2, "<c><v>12345678901234567</v></c>", "a", "Contractor")
                .bytes();
        assertThat(leftOut("people.xlsx", workbook, Optional.of(MAPPING))).containsExactly("?");
    }

    @Test
    @DisplayName("is its own where something else is wrong")
    void itsOwn() throws IOException {
        assertThat(leftOut(
                        "people.csv",
                        HEADER + "E-1," + "u".repeat(101) + ",x\nTotal,1,\nE-2,b,\nE-2,c,\nE-4,d,\nE-5,D,\n",
                        Optional.empty()))
                .containsExactly("E-1", "Total", "E-2", "E-2", "E-4", "E-5");
        byte[] workbook = new Workbook()
                .row("Sheet1", 1, "externalId", "userName", "title")
                .row("Sheet1", 2, "E-1", "a", "<c t=\"e\"><v>#N/A</v></c>")
                .bytes();
        assertThat(leftOut("people.xlsx", workbook, Optional.empty())).containsExactly("E-1");
        assertThat(leftOut("people.xlsx", workbook, Optional.of(MAPPING))).containsExactly("E-1");
    }
}
