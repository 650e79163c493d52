package dev.bulkuserimport.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Records that contradict each other")
class ContradictionsTest {

    private static final Pattern ID = Pattern.compile("\"externalId\":\"([^\"]+)\"");

    private final List<String> sent = new ArrayList<>();
    private final List<Integer> usersOfSessions = new ArrayList<>();
    private int readings;

    /** Each record is its external ID, a comma and its userName and title; {@code -E-1} is deactivated. */
    private PlanOutcome plan(PlanRules rules, List<String> records) throws IOException {
        readings = 0;
        SessionPlanner planner = new SessionPlanner(rules, this::keep);
        read(planner, records);
        if (planner.mustReadAgain()) {
            sent.clear();
            usersOfSessions.clear();
            planner = planner.readingAgain(rules);
            read(planner, records);
            assertThat(planner.mustReadAgain()).isFalse();
        }
        return planner.finish();
    }

    private void read(SessionPlanner planner, List<String> records) throws IOException {
        readings++;
        for (int i = 0; i < records.size(); i++) {
            String[] record = records.get(i).split(",", -1);
            if (record[0].startsWith("-")) {
                planner.beginDeactivation(i + 2L);
                planner.externalId(record[0].substring(1));
                planner.end();
                continue;
            }
            planner.begin(i + 2L);
            planner.externalId(record[0]);
            if (planner.takesProfiles()) {
                planner.beginProfile();
                property(planner, "userName", record[1]);
                if (record.length > 2) {
                    property(planner, "email", record[2]);
                }
                planner.endProfile();
            }
            planner.end();
        }
    }

    private static void property(SessionPlanner planner, String name, String value) throws IOException {
        planner.property(name, value.toCharArray(), 0, value.length());
    }

    private void keep(SessionPlan plan) {
        usersOfSessions.add(plan.users());
        for (BulkRequest request : plan.requests()) {
            StringBuilder body = new StringBuilder();
            for (ByteBuffer part : plan.body(request)) {
                body.append(StandardCharsets.UTF_8.decode(part));
            }
            Matcher id = ID.matcher(body);
            while (id.find()) {
                sent.add((request.operation() == BulkOperation.DELETE_USERS ? "-" : "") + id.group(1));
            }
        }
    }

    private static PlanRules skip() {
        return PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, true);
    }

    /** Each error's line and field, and the line that it names. */
    private static String rejected(PlanOutcome outcome) {
        return outcome.summary().rejections().errors().stream()
                .map(error -> (error.line() + " " + error.field().orElse("?") + " "
                                + error.message().replaceAll("\\D+", " ").strip())
                        .strip())
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "E-1,a E-2,b | E-1 E-2 | '' | 0 | 1",
                "E-1,a E-1,b E-2,c | E-2 | 2 externalId 3; 3 externalId 2 | 0 | 2",
                "E-1,a E-2,b E-1,c E-1,d | E-2 | 2 externalId 4; 4 externalId 2; 5 externalId 2 | 0 | 2",
                "E-1,a E-1,a E-2,c | E-1 E-2 | '' | 1 | 2",
                "E-1,a E-1,a E-1,a | E-1 | '' | 2 | 2",
                "E-1,a E-1,a E-1,b | '' | 2 externalId 3; 3 externalId 2; 4 externalId 2 | 0 | 2",
                "E-1,a E-1,b E-1,b E-3,c | E-3 | 2 externalId 3; 3 externalId 2; 3 userName 4; 4 externalId 2; 4 userName 3 | 0 | 2",
                "E-1,a E-2,A E-3,c | E-3 | 2 userName 3; 3 userName 2 | 0 | 2",
                "E-1,a E-2,b E-3,A E-4,a | E-2 | 2 userName 4; 4 userName 2; 5 userName 2 | 0 | 2",
                "E-1,a E-1,a E-3,A E-4,c | E-4 | 2 userName 3; 3 externalId 2; 3 userName 2; 4 userName 2 | 0 | 2",
                "-E-1 E-1,a E-2,b | E-2 | 2 externalId 3; 3 externalId 2 | 0 | 2",
                "E-1,a -E-1 E-2,b | E-2 | 2 externalId 3; 3 externalId 2 | 0 | 2",
                "-E-1 -E-1 E-2,b | E-2 -E-1 | '' | 1 | 2",
                "E-1,a,wrong E-1,a E-2,b | E-2 | 2 email; 3 externalId 2 | 0 | 2",
                "E-1,a E-1,a,wrong E-2,b | E-2 | 2 externalId 3; 3 externalId 2; 3 email | 0 | 2",
                "E-1,a,a@x.example E-1,a E-2,b | E-2 | 2 externalId 3; 3 externalId 2 | 0 | 2"
            })
    @DisplayName("are all left out, unless they send the same and so count as one")
    void leftOut(String records, String users, String errors, int repeated, int times) throws IOException {
        PlanOutcome outcome = plan(skip(), Arrays.asList(records.split(" ")));
        assertThat(String.join(" ", sent)).isEqualTo(users);
        assertThat(rejected(outcome)).isEqualTo(errors);
        assertThat(outcome.summary().repeated()).isEqualTo(repeated);
        assertThat(readings).isEqualTo(times);
    }

    @Test
    @DisplayName("are told apart whatever the order of the properties")
    void order() throws IOException {
        SessionPlanner planner = new SessionPlanner(skip(), this::keep);
        for (int reading = 0; reading < 2; reading++) {
            for (boolean forwards : new boolean[] {true, false}) {
                planner.begin(0);
                planner.beginProfile();
                property(planner, forwards ? "userName" : "title", "x");
                property(planner, forwards ? "title" : "userName", "x");
                planner.endProfile();
                planner.externalId("E-1");
                planner.end();
            }
            if (planner.mustReadAgain()) {
                sent.clear();
                planner = planner.readingAgain(skip());
            }
        }
        assertThat(planner.finish().summary().repeated()).isEqualTo(1);
        assertThat(sent).containsExactly("E-1");
    }

    @Test
    @DisplayName("count as one where only external IDs are sent")
    void leavers() throws IOException {
        PlanOutcome outcome = plan(
                PlanRules.oneSession(ImportOperation.DEACTIVATE_AND_DELETE, true), List.of("E-1,", "E-1,", "E-2,"));
        assertThat(sent).containsExactly("-E-1", "-E-2");
        assertThat(outcome.summary().repeated()).isEqualTo(1);
    }

    @Test
    @DisplayName("are left out of sessions that were full before the contradiction came")
    void manySessions() throws IOException {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 20_010; i++) {
            records.add("E-" + i + ",u" + i);
        }
        records.add("E-5,other");
        records.add("E-new,U10005");
        PlanOutcome outcome = plan(skip().withManySessions(), records);
        assertThat(sent).hasSize(20_008).doesNotContain("E-5", "E-10005", "E-new");
        assertThat(usersOfSessions).containsExactly(10_000, 10_000, 8);
        assertThat(rejected(outcome))
                .isEqualTo("7 externalId 20012; 10007 userName 20013; 20012 externalId 7; 20013 userName 10007");
    }

    @Test
    @DisplayName("refuse all where invalid records refuse all, with the place of the earlier one, in one reading")
    void refused() throws IOException {
        PlanOutcome outcome = plan(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false),
                List.of("E-1,a", "E-2,b", "E-1,a", "E-3,B"));
        assertThat(outcome).isInstanceOf(PlanOutcome.Refused.class);
        assertThat(rejected(outcome)).isEqualTo("4 externalId 2; 4 userName 2; 5 userName 3");
        assertThat(readings).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "E-1 E-2 E-3 14-Mar | 5",
                "14-Mar E-1 E-2 E-3 | 2",
                "E-1 3/14/2026 E-2 E-3 | 3",
                "E-1 3月14日 E-2 E-3 | 3",
                "E-1 E-2 Mar-26 | ''",
                "14-Mar | ''",
                "14-Mar 15-Mar 16-Mar 17-Mar | ''",
                "E-1 E-2 E-3 14-Mar 15-Mar | ''",
                "E-1 E-2 E-3 E-4 E-5 E-6 E-7 E-8 14-Mar Mar-26 | 10 11",
                "E-1 E-2 E-3 E-4 E-5 E-6 E-7 14-Mar Mar-26 | ''"
            })
    @DisplayName("are an ID in the form of a date and others that have another form")
    void dates(String ids, String lines) throws IOException {
        List<String> records =
                Arrays.stream(ids.split(" ")).map(id -> id + ",u" + id).toList();
        for (boolean skip : new boolean[] {true, false}) {
            sent.clear();
            PlanOutcome outcome = plan(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, skip), records);
            Rejections rejections = outcome.summary().rejections();
            assertThat(rejections.errors().stream()
                            .map(error -> String.valueOf(error.line()))
                            .collect(Collectors.joining(" ")))
                    .isEqualTo(lines);
            assertThat(rejections.errors())
                    .allSatisfy(error -> assertThat(error.message()).contains("date"));
            assertThat(sent).hasSize(skip || lines.isEmpty() ? records.size() - rejections.records() : 0);
            assertThat(outcome instanceof PlanOutcome.Refused).isEqualTo(!skip && !lines.isEmpty());
        }
    }

    @Test
    @DisplayName("are an ID that hides the form of a date and others that don't")
    void hiddenDates() throws IOException {
        List<String> ids = List.of("hr-10", "hr-11", "hr-14-Mar", "hr-12");
        for (boolean refused : new boolean[] {true, false}) {
            SessionPlanner planner =
                    new SessionPlanner(PlanRules.oneSession(ImportOperation.DEACTIVATE_AND_DELETE, false), plan -> {});
            for (int i = 0; i < ids.size(); i++) {
                planner.begin(i + 2L);
                if (!refused || ids.get(i).contains("Mar")) {
                    planner.externalIdHidesDate();
                }
                planner.externalId(ids.get(i));
                planner.end();
            }
            assertThat(planner.finish().summary().rejections().errors())
                    .extracting(RecordError::line)
                    .containsExactlyElementsOf(refused ? List.of(4L) : List.of());
        }
    }

    @ParameterizedTest(name = "{0}, first: {1}")
    @CsvSource({"14-Mar,true,1", "14-Mar,false,1", "3-14,true,0", "3-14,false,0"})
    @DisplayName("are known before where a record was rejected for the form of its ID, and still has it")
    void dateBefore(String id, boolean reasonFirst, int errors) throws IOException {
        String reason =
                "email is wrong; externalId looks like a date in a spreadsheet, unlike the other IDs: format the"
                        + " column as text and enter the ID again";
        for (boolean skip : new boolean[] {true, false}) {
            SessionPlanner planner =
                    new SessionPlanner(PlanRules.oneSession(ImportOperation.DEACTIVATE_AND_DELETE, skip), plan -> {});
            planner.begin(2);
            if (reasonFirst) {
                planner.rejectedBefore(reason);
            }
            planner.externalId(id);
            if (!reasonFirst) {
                planner.rejectedBefore(reason);
            }
            planner.end();
            // The reason is that record's alone.
            planner.begin(3);
            planner.externalId("15-Mar");
            planner.end();
            assertThat(planner.mustReadAgain()).isFalse();
            assertThat(planner.finish().summary().rejections().errors())
                    .hasSize(errors)
                    .allSatisfy(error -> assertThat(error.line()).isEqualTo(2));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ana@example.com,a,wrong E-2,b | ''",
                "ana@example.com,a,wrong | ''",
                "E-1,a,wrong E-2,b | E-1",
                "a@x.example,a,wrong b@x.example,b | a@x.example",
                "a@x.example,a,wrong b@x.example,b E-3,c | ''",
                "a@x.example,a,wrong b@x.example,b c@x.example,c | a@x.example"
            })
    @DisplayName("print an ID with an at sign only where the other IDs have one")
    void printed(String records, String printed) throws IOException {
        PlanOutcome outcome =
                plan(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false), Arrays.asList(records.split(" ")));
        assertThat(outcome.summary().rejections().errors())
                .singleElement()
                .satisfies(error -> assertThat(error.externalId().orElse("")).isEqualTo(printed));
    }

    @Test
    @DisplayName("print no ID that may be another record's")
    void doubted() throws IOException {
        SessionPlanner planner =
                new SessionPlanner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false), plan -> {});
        planner.begin(2);
        planner.fault("has 2 fields; the header row has 3");
        planner.doubtExternalId();
        planner.externalId("Sales");
        planner.end();
        assertThat(planner.finish().summary().rejections().errors())
                .allSatisfy(error -> assertThat(error.externalId()).isEmpty());
    }

    /** Without a seed the hashes of these eight values have the same sum as those of eight times {@code a}. */
    private static final String[] SAME_SUM = {"72a", "2eyf", "1h10", "571", "wor", "1ohh", "20kv", "2h2"};

    private static void user(SessionPlanner planner, String... values) throws IOException {
        planner.begin(0);
        planner.externalId("E-1");
        planner.beginProfile();
        for (int i = 0; i < values.length; i++) {
            planner.property("p" + (i + 1), values[i].toCharArray(), 0, values[i].length());
        }
        planner.endProfile();
        planner.end();
    }

    @Test
    @DisplayName("do so whatever values someone chooses: none can be made to count as equal")
    void chosenValues() throws IOException {
        PlanRules rules = PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, true);
        SessionPlanner planner = new SessionPlanner(rules, this::keep);
        user(planner, "a", "a", "a", "a", "a", "a", "a", "a");
        user(planner, SAME_SUM);
        assertThat(planner.mustReadAgain()).isTrue();
        planner = planner.readingAgain(rules);
        user(planner, "a", "a", "a", "a", "a", "a", "a", "a");
        user(planner, SAME_SUM);
        assertThat(planner.finish().summary().rejections().records()).isEqualTo(2);
        assertThat(sent).isEmpty();
    }
}
