package dev.bulkuserimport.snapshot;

import static dev.bulkuserimport.snapshot.KnownApplication.Row.active;
import static dev.bulkuserimport.snapshot.KnownApplication.Row.id;
import static dev.bulkuserimport.snapshot.KnownApplication.Row.login;
import static dev.bulkuserimport.snapshot.KnownApplication.Row.of;
import static dev.bulkuserimport.snapshot.KnownApplication.Row.onboarding;
import static dev.bulkuserimport.snapshot.KnownApplication.Row.terminated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.snapshot.KnownApplication.Result;
import dev.bulkuserimport.snapshot.KnownApplication.Row;
import dev.bulkuserimport.snapshot.SnapshotTerms.Waiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Over several nights of one application")
class NightsTest {

    private final KnownApplication application = new KnownApplication();

    private static List<Row> with(List<Row> rows, Row... others) {
        List<Row> all = new ArrayList<>(rows);
        all.addAll(List.of(others));
        return all;
    }

    private static List<Row> without(List<Row> rows, int... numbers) {
        List<Row> left = new ArrayList<>(rows);
        IntStream.of(numbers).forEach(number -> left.removeIf(row -> row.id().equals(id(number))));
        return left;
    }

    @Nested
    @DisplayName("a login belongs to one person:")
    class Logins {

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @DisplayName("an ID column that has slipped by a row is refused, in any kind of file")
        void slipped(boolean snapshot) {
            application.snapshot(of(1, 20));
            List<Row> slipped = IntStream.rangeClosed(1, 20)
                    .mapToObj(i -> active(id(i % 20 + 1), login(i)))
                    .toList();
            Result refused = snapshot ? application.snapshot(slipped) : application.createAndUpdate(slipped);
            assertThat(refused.isRefused()).isTrue();
            assertThat(refused.errors()).hasSize(20);
            assertThat(refused.errors())
                    .extracting(RecordError::line)
                    .as("in the file's order")
                    .isSorted();
            assertThat(refused.said())
                    .contains("invalid-users", "swap their logins", "send one of them with another userName first")
                    .doesNotContain("example.com");
        }

        @Test
        @DisplayName("an ID column that has slipped without coming around is refused for the one whose row is lost")
        void slippedAtTheEnd() {
            application.snapshot(of(1, 20));
            List<Row> slipped = IntStream.rangeClosed(1, 19)
                    .mapToObj(i -> active(id(i + 1), login(i)))
                    .toList();
            Result refused = application.unguarded().snapshot(slipped);
            assertThat(refused.errors()).singleElement().satisfies(error -> {
                assertThat(error.externalId()).contains("00002");
                assertThat(error.message()).contains("00001", "known to be active");
            });
        }

        @Test
        @DisplayName("two who swap are refused, a chain that ends in a new login isn't")
        void swap() {
            application.snapshot(of(1, 5));
            Result swapped = application.snapshot(
                    with(without(of(1, 5), 1, 2), active(id(1), login(2)), active(id(2), login(1))));
            assertThat(swapped.errors()).hasSize(2);
            assertThat(swapped.errors().get(0).message()).contains("00002 (line 6)");
            Result chain = application.snapshot(
                    with(without(of(1, 5), 1, 2), active(id(1), login(2)), active(id(2), "married@example.com")));
            assertThat(chain.isRefused()).isFalse();
            assertThat(chain.counts().changed()).isEqualTo(2);
        }

        @Test
        @DisplayName("a moved person is refused, at an index and in the file's order in JSON")
        void moved() {
            application.json().snapshot(of(1, 5));
            Result refused = application.snapshot(
                    with(without(of(1, 5), 2, 3), active("N-3", login(3).toUpperCase()), active("N-2", login(2))));
            assertThat(refused.errors())
                    .extracting(RecordError::index, RecordError::line, error -> error.externalId()
                            .orElse(""))
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(3, 0L, "N-3"),
                            org.assertj.core.groups.Tuple.tuple(4, 0L, "N-2"));
            assertThat(refused.said()).contains("00002", "00003").doesNotContain("line");
        }

        @ParameterizedTest
        @CsvSource({"true, true", "true, false", "false, true", "false, false"})
        @DisplayName("a leaver's row and a new row with the same login are refused, whichever comes first")
        void converted(boolean snapshot, boolean leaverFirst) {
            application.snapshot(of(1, 12));
            Row leaver = terminated(id(10), login(10));
            Row joiner = active("00099", login(10));
            List<Row> rows = leaverFirst
                    ? with(without(of(1, 12), 10), leaver, joiner)
                    : with(without(of(1, 12), 10), joiner, leaver);
            Result refused = snapshot ? application.snapshot(rows) : application.createAndUpdate(rows);
            assertThat(refused.isRefused()).isTrue();
            assertThat(refused.said()).contains("line=14", "line 13", "deactivate the old one first");

            application.snapshot(with(without(of(1, 12), 10), leaver));
            Result after = snapshot ? application.snapshot(rows) : application.createAndUpdate(rows);
            assertThat(after.isRefused()).as("the old one is inactive by now").isFalse();
            assertThat(after.counts().created()).isEqualTo(1);
            assertThat(after.counts().deactivated()).isZero();
            assertThat(after.counts().unchanged()).isGreaterThanOrEqualTo(1);
            assertThat(after.outcome().summary().deactivations()).isZero();
        }

        @Test
        @DisplayName("the login of a colleague who is not in the file at all is refused in any kind of file")
        void colleague() {
            application.snapshot(of(1, 5));
            Result refused = application.createAndUpdate(List.of(active("N-1", login(4))));
            assertThat(refused.errors()).singleElement().satisfies(error -> {
                assertThat(error.externalId()).contains("N-1");
                assertThat(error.field()).contains("userName");
                assertThat(error.message()).contains("00004");
            });
            assertThat(application
                            .createAndUpdate(List.of(active(id(4), login(4))))
                            .isRefused())
                    .isFalse();
        }

        @Test
        @DisplayName("a skipped row keeps its login")
        void skipped() {
            application.snapshot(of(1, 5));
            Result refused =
                    application.snapshot(with(without(of(1, 5), 4), onboarding(id(4)), active("N-1", login(4))));
            assertThat(refused.errors()).singleElement().satisfies(error -> assertThat(error.message())
                    .contains("00004 (line 6)", "rejected or skipped"));
        }

        @Test
        @DisplayName("the login of somebody who is gone or inactive is free")
        void free() {
            application.snapshot(of(1, 5));
            application.snapshot(with(of(1, 3), terminated(id(4), login(4))));
            Result next = application.snapshot(with(of(1, 3), active("N-4", login(4)), active("N-5", login(5))));
            assertThat(next.isRefused()).isFalse();
            assertThat(next.counts().created()).isEqualTo(2);
        }
    }

    @Nested
    @DisplayName("where invalid records are left out, of two that contradict each other neither goes:")
    class LeftOut {

        @Test
        @DisplayName("one ID as a leaver and as an active person leaves the person as they are")
        void rehired() {
            application.skipping().snapshot(of(1, 20));
            Result both = application.snapshot(
                    with(without(of(1, 20), 4), terminated(id(4), login(4)), active(id(4), "new@example.com")));
            assertThat(both.outcome().summary().rejections().records()).isEqualTo(2);
            assertThat(both.counts().deactivated()).isZero();
            assertThat(application.snapshot(of(1, 20)).counts().unchanged()).isEqualTo(20);
        }

        @Test
        @DisplayName("one ID of two different people keeps its state")
        void sameId() {
            application.skipping().snapshot(of(1, 20));
            Result both = application.snapshot(with(of(1, 20), active(id(3), "other@example.com")));
            assertThat(both.outcome().summary().rejections().records()).isEqualTo(2);
            assertThat(both.counts().changed()).isZero();
            assertThat(application.snapshot(of(1, 20)).counts().unchanged()).isEqualTo(20);
        }

        @Test
        @DisplayName("everyone who is in the file, so it says nothing about the others")
        void everyone() {
            application.skipping().snapshot(of(1, 20));
            Result result = application
                    .unguarded()
                    .snapshot(List.of(active(id(1), "shared@example.com"), active(id(2), "shared@example.com")));
            assertThat(result.said()).contains("invalid-users");
            assertThat(application.snapshot(of(1, 20)).counts().unchanged()).isEqualTo(20);
        }

        @Test
        @DisplayName("a joiner with a colleague's login doesn't get it, and the colleague keeps it")
        void loginTaken() {
            application.skipping().snapshot(of(1, 20));
            List<Row> rows = new ArrayList<>(List.of(active("N-1", login(3))));
            rows.addAll(of(1, 20));
            Result both = application.snapshot(rows);
            assertThat(both.isRefused()).isFalse();
            assertThat(both.outcome().summary().rejections().records()).isEqualTo(2);
            assertThat(both.counts().created()).isZero();
            assertThat(application.snapshot(of(1, 20)).counts().unchanged()).isEqualTo(20);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @DisplayName("a leaver's row and a new one with the same login are both left out")
        void converted(boolean leaverFirst) {
            application.skipping().snapshot(of(1, 12));
            Row leaver = terminated(id(10), login(10));
            Row joiner = active("00099", login(10));
            Result both = application.snapshot(
                    leaverFirst
                            ? with(without(of(1, 12), 10), leaver, joiner)
                            : with(without(of(1, 12), 10), joiner, leaver));
            assertThat(both.outcome().summary().rejections().records()).isEqualTo(2);
            assertThat(both.counts().deactivated()).isZero();
            assertThat(both.counts().created()).isZero();
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @DisplayName("only the record goes not in that takes the login of someone whom only the state knows")
        void colleague(boolean snapshot) {
            application.skipping().snapshot(of(1, 20));
            List<Row> rows = with(without(of(1, 20), 4), active("N-1", login(4)), active("N-2", "n2@example.com"));
            Result one = snapshot ? application.snapshot(rows) : application.createAndUpdate(rows);
            assertThat(one.isRefused()).isFalse();
            assertThat(one.errors()).singleElement().satisfies(error -> {
                assertThat(error.externalId()).contains("N-1");
                assertThat(error.message()).contains("00004");
            });
            assertThat(one.counts().created()).isEqualTo(1);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "the last one's owner is not in the file | false | 1>2 2>3 21>21 | 1 2",
                    "the last one's owner keeps it | true | 1>2 2>3 3>4 4>4 21>21 | 1 2 3 4",
                    "the last one's owner leaves by a rule | true | 1>2 2>3 -3>3 21>21 | 1 2 3",
                    "the last one gets the login of another row too | true | 1>2 2>30 3>3 21>21 22>30 | 1 2 22",
                    "the last one has two rows | true | 1>2 2>30 2>31 3>3 21>21 | 1 2 2",
                    "the last one gets a free login | true | 1>2 2>3 3>30 21>21 | ''"
                })
        @DisplayName("all in a chain of logins of which the last isn't free are left out, and the others go:")
        void chain(String how, boolean snapshot, String rows, String rejected) {
            application.skipping().snapshot(of(1, 20));
            List<Row> all = new ArrayList<>(snapshot ? without(of(1, 20), 1, 2, 3, 4) : List.of());
            for (String row : rows.split(" ")) {
                String[] parts = row.replace("-", "").split(">");
                String id = id(Integer.parseInt(parts[0]));
                String login = login(Integer.parseInt(parts[1]));
                all.add(row.startsWith("-") ? terminated(id, login) : active(id, login));
            }
            if (snapshot && !rows.contains(" 4>4")) {
                all.add(Row.of(4));
            }
            Result result = snapshot ? application.snapshot(all) : application.createAndUpdate(all);
            assertThat(result.isRefused()).isFalse();
            assertThat(result.counts().created()).as("00021").isEqualTo(1);
            assertThat(result.counts().gone() + result.counts().deactivated()).isZero();
            assertThat(result.errors().stream()
                            .map(error -> String.valueOf(
                                    Integer.parseInt(error.externalId().orElseThrow())))
                            .distinct())
                    .containsExactly(Stream.of(rejected.split(" "))
                            .filter(id -> !id.isEmpty())
                            .distinct()
                            .toArray(String[]::new));
        }

        @Test
        @DisplayName("where the ID column has slipped, nobody is left, and nothing goes")
        void slipped() {
            application.skipping().snapshot(of(1, 20));
            Result refused = application.snapshot(IntStream.rangeClosed(1, 20)
                    .mapToObj(i -> active(id(i % 20 + 1), login(i)))
                    .toList());
            assertThat(refused.isRefused()).isTrue();
            assertThat(refused.errors()).hasSize(20);
        }
    }

    @Nested
    @DisplayName("coming back is guarded like leaving:")
    class Returns {

        private List<Row> statuses(int terminated) {
            return IntStream.rangeClosed(1, 200)
                    .mapToObj(i -> i <= terminated ? terminated(id(i), login(i)) : of(i))
                    .toList();
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @DisplayName("a status column that is blank for a night makes nobody active again")
        void blank(boolean snapshot) {
            application.unguarded().snapshot(statuses(60));
            KnownApplication guarded = application.guarded();
            Result refused = snapshot ? guarded.snapshot(statuses(0)) : guarded.createAndUpdate(statuses(0));
            assertThat(refused.said())
                    .contains(
                            "deactivation-limit-exceeded",
                            "limit=returns",
                            "60 people would be active again",
                            "at most 7");
            assertThat(refused.listed("returned")).isEqualTo(60);
        }

        @Test
        @DisplayName("three may, and are counted")
        void few() {
            application.unguarded().snapshot(statuses(3));
            Result in = application.guarded().snapshot(statuses(0));
            assertThat(in.isRefused()).isFalse();
            assertThat(in.counts().returned()).isEqualTo(3);
            assertThat(in.counts().created()).isZero();
            assertThat(in.listed("returned")).isEqualTo(3);
        }

        @Test
        @DisplayName("also of people who were gone")
        void gone() {
            application.snapshot(of(1, 200));
            application.unguarded().snapshot(of(1, 190));
            Result back = application.guarded().snapshot(of(1, 200));
            assertThat(back.said()).contains("10 people would be active again; at most 9");
        }

        @ParameterizedTest
        @CsvSource({
            "0, 6, true, false",
            "0, 5, false, false",
            "1, 6, false, false",
            "0, 6, false, true",
        })
        @DisplayName("a rule that applied to more than 5 rows and applies to none now stops the file")
        void rule(int rowsNow, int rowsBefore, boolean refused, boolean waived) {
            application.shape(rules(rowsBefore, "terminated")).snapshot(of(1, 20));
            if (waived) {
                application.waiving(Waiver.RULES);
            }
            Result result = application.shape(rules(rowsNow, "terminated")).snapshot(of(1, 20));
            assertThat(result.isRefused()).isEqualTo(refused);
            if (refused) {
                assertThat(result.said())
                        .contains("invalid-request", "mapping.deactivate", "Status", "rules: changed")
                        .doesNotContain("erminated\"");
            }
        }

        @ParameterizedTest(name = "{0}: {2}")
        @CsvSource({
            "lost, Status terminated 60, '', true",
            "written anew, Status terminated 60, Status leaver 61, false",
            "written anew and matching none, Status terminated 60, Status leaver 0, true",
            "lost beside one of another column, Status terminated 60; Type alumni 3, Type alumni 3, true",
            "lost beside one of its own column, Status terminated 60; Status alumni 3, Status alumni 3, true",
            "lost while one of another column is new, Status terminated 60, Type alumni 3, true",
        })
        @DisplayName("a rule that is lost from the mapping stops the file, one that was written anew doesn't")
        void lostRule(String how, String before, String now, boolean refused) {
            application.shape(rules(before)).snapshot(of(1, 20));
            assertThat(application.shape(rules(now)).snapshot(of(1, 20)).isRefused())
                    .isEqualTo(refused);
        }

        private SourceShape rules(String each) {
            return new SourceShape(
                    List.of(),
                    Arrays.stream(each.split("; "))
                            .map(rule -> rule.split(" "))
                            .filter(rule -> rule.length == 3)
                            .map(rule ->
                                    new SourceShape.RuleUse("deactivate", rule[0], rule[1], Integer.parseInt(rule[2])))
                            .toList());
        }

        private SourceShape rules(int rows, String values) {
            return new SourceShape(List.of(), List.of(new SourceShape.RuleUse("deactivate", "Status", values, rows)));
        }
    }

    @Nested
    @DisplayName("a snapshot must be of these people:")
    class Completeness {

        @ParameterizedTest
        @CsvSource({"3, true, false", "2, false, false", "3, false, true"})
        @DisplayName("one that holds none of three or more is another company's")
        void another(int before, boolean refused, boolean waived) {
            application.snapshot(of(1, before));
            if (waived) {
                application.waiving(Waiver.PEOPLE);
            }
            Result result = application.snapshot(of(101, 120));
            assertThat(result.isRefused()).isEqualTo(refused);
            if (refused) {
                assertThat(result.said()).contains("invalid-request", "none of the 3 people", "people: changed");
            } else {
                assertThat(result.counts().gone()).isEqualTo(before);
            }
        }

        @Test
        @DisplayName("people who are only skipped or terminated occur")
        void occur() {
            application.snapshot(of(1, 4));
            assertThat(application
                            .snapshot(
                                    List.of(onboarding(id(1)), onboarding(id(2)), onboarding(id(3)), onboarding(id(4))))
                            .isRefused())
                    .isFalse();
        }

        @Test
        @DisplayName("a column that the last one had is missed by name, unless that is intended")
        void column() {
            application.shape(columns("externalId", "userName", "department")).snapshot(of(1, 4));
            Result refused =
                    application.shape(columns("userName", "externalId")).snapshot(of(1, 4));
            assertThat(refused.said()).contains("invalid-request", "department", "columns: changed");
            assertThat(application
                            .shape(columns("userName", "department", "externalId", "title"))
                            .snapshot(of(1, 4))
                            .isRefused())
                    .isFalse();
            assertThat(application
                            .shape(columns("userName", "externalId"))
                            .waiving(Waiver.COLUMNS)
                            .snapshot(of(1, 4))
                            .isRefused())
                    .isFalse();
            assertThat(application.shape(SourceShape.NONE).snapshot(of(1, 4)).isRefused())
                    .as("JSON has no columns")
                    .isFalse();
        }

        private SourceShape columns(String... names) {
            return new SourceShape(List.of(names), List.of());
        }
    }

    @Nested
    @DisplayName("missing once is not gone, with a grace of several days:")
    class Grace {

        @Test
        @DisplayName("who is missing on so many days in a row is gone, and being back ends it")
        void days() {
            application.grace(3).snapshot(of(1, 20));
            List<Row> fewer = without(of(1, 20), 7, 8);
            Duration day = Duration.ofDays(1);
            Result first = application.later(day).snapshot(fewer);
            assertThat(first.counts().missing()).isEqualTo(2);
            assertThat(first.counts().gone()).isZero();
            assertThat(first.listed("missing")).isEqualTo(2);
            Result second = application.later(day).snapshot(without(of(1, 20), 7));
            assertThat(second.counts().missing()).isEqualTo(1);
            assertThat(second.counts().unchanged())
                    .as("who is back is untouched")
                    .isEqualTo(19);
            Result third = application.later(day).snapshot(fewer);
            assertThat(third.counts().goneIds()).containsExactly(id(7));
            assertThat(third.counts().missing()).as("missing anew").isEqualTo(1);
            Result fourth = application.later(day).snapshot(fewer);
            assertThat(fourth.counts().missing()).isEqualTo(1);
            assertThat(application.later(day).snapshot(fewer).counts().goneIds())
                    .containsExactly(id(8));
        }

        @Test
        @DisplayName("days count, not files")
        void files() {
            application.grace(2).snapshot(of(1, 20));
            List<Row> fewer = without(of(1, 20), 7);
            for (int i = 0; i < 4; i++) {
                Result again = application.later(Duration.ofHours(4)).snapshot(fewer);
                assertThat(again.counts().missing()).as("file %d", i).isEqualTo(1);
            }
            assertThat(application
                            .later(Duration.ofHours(8))
                            .snapshot(fewer)
                            .counts()
                            .goneIds())
                    .containsExactly(id(7));
        }

        @Test
        @DisplayName("a mapping's deactivate doesn't wait, and a lower grace counts at once")
        void atOnce() {
            application.grace(14).snapshot(of(1, 20));
            Result leaver = application
                    .later(Duration.ofDays(1))
                    .snapshot(with(without(of(1, 20), 7, 8), terminated(id(7), login(7))));
            assertThat(leaver.counts().deactivated()).isEqualTo(1);
            assertThat(leaver.counts().missing()).isEqualTo(1);
            assertThat(application
                            .grace(1)
                            .snapshot(without(of(1, 20), 7, 8))
                            .counts()
                            .goneIds())
                    .containsExactly(id(8));
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({"unchanged, Sales, true", "changed, Board, true", "in a session that fails, Board, false"})
        @DisplayName("a Create & Update file says nothing about who is missing:")
        void otherFile(String how, String department, boolean completes) {
            Duration day = Duration.ofDays(1);
            application.grace(3).snapshot(of(1, 20));
            List<Row> fewer = without(of(1, 20), 7);
            List<Row> other = List.of(new Row(id(7), login(7), department, Row.Kind.ACTIVE));
            for (int night = 1; night <= 2; night++) {
                assertThat(application.later(day).snapshot(fewer).counts().missing())
                        .as("night %d", night)
                        .isEqualTo(1);
                if (completes) {
                    application.createAndUpdate(other);
                } else {
                    application.failingUpdate(other);
                }
            }
            assertThat(application.later(day).snapshot(fewer).counts().goneIds())
                    .containsExactly(id(7));
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @DisplayName(
                "after a deactivation in doubt, only a Create & Update file that Okta completes makes the days count anew")
        void inDoubt(boolean completes) {
            Duration day = Duration.ofDays(1);
            List<Row> fewer = without(of(1, 20), 7);
            application.grace(3).snapshot(of(1, 20));
            application.later(day).failing(with(fewer, terminated(id(7), login(7))));
            if (completes) {
                application.createAndUpdate(List.of(Row.of(7)));
            } else {
                application.failingUpdate(List.of(Row.of(7)));
            }
            Result missing = application.later(day).snapshot(fewer);
            assertThat(missing.counts().missing()).isEqualTo(completes ? 1 : 0);
            assertThat(missing.counts().gone()).isEqualTo(completes ? 0 : 1);
        }

        @Test
        @DisplayName("a skipped row is there, too")
        void skipped() {
            application.grace(2).snapshot(of(1, 20));
            application.later(Duration.ofDays(1)).snapshot(without(of(1, 20), 7));
            application.later(Duration.ofDays(1)).snapshot(with(without(of(1, 20), 7), onboarding(id(7))));
            Result missing = application.later(Duration.ofDays(1)).snapshot(without(of(1, 20), 7));
            assertThat(missing.counts().gone()).isZero();
            assertThat(missing.counts().missing()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @DisplayName("whoever is in an accepted snapshot is there, even if their session comes to nothing")
        void notSent(boolean byRule) {
            application.grace(3).snapshot(of(1, 20));
            List<Row> fewer = without(of(1, 20), 7);
            Duration day = Duration.ofDays(1);
            application.later(day).snapshot(fewer);
            Row there = byRule ? terminated(id(7), login(7)) : new Row(id(7), login(7), "Board", Row.Kind.ACTIVE);
            application.later(day).expiring(with(fewer, there));
            for (int i = 1; i <= 2; i++) {
                Result again = application.later(day).snapshot(fewer);
                assertThat(again.counts().missing()).as("absence %d", i).isEqualTo(1);
            }
            assertThat(application.later(day).snapshot(fewer).counts().goneIds())
                    .containsExactly(id(7));
        }

        @Test
        @DisplayName("a snapshot that may deactivate no one, and one that the guard stops, count for no one's absence")
        void uncounted() {
            application.grace(2).skipping().snapshot(of(1, 20));
            List<Row> fewer = without(of(1, 20), 7);
            Duration day = Duration.ofDays(1);
            Result unreadable = application.later(day).snapshot(with(fewer, active("", "who@example.com")));
            assertThat(unreadable.counts().nobodyGoes()).isTrue();
            assertThat(unreadable.counts().missing()).isZero();
            assertThat(application.later(day).snapshot(fewer).counts().missing())
                    .isEqualTo(1);
            Result stopped = application.grace(1).later(day).snapshot(of(1, 3));
            assertThat(stopped.isRefused()).isTrue();
            assertThat(application.grace(3).later(day).snapshot(fewer).counts().missing())
                    .as("the second absence, not the third")
                    .isEqualTo(1);
            assertThat(application.later(day).snapshot(fewer).counts().goneIds())
                    .containsExactly(id(7));
        }

        /** Who is there on random nights, and how long the others have been missing. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        @DisplayName("a year of bad exports: no one goes who wasn't missing for so many days, and no one stays who was")
        void year(int grace) {
            Random random = new Random(20_261_130 + grace);
            Map<String, Integer> times = new HashMap<>();
            Map<String, Instant> counted = new HashMap<>();
            Set<String> active = new HashSet<>();
            Instant now = Instant.EPOCH;
            application.grace(grace).unguarded().skipping();
            int wrongly = 0;
            int gone = 0;
            for (int night = 0; night < 365; night++) {
                Duration pause = Duration.ofHours(random.nextInt(4) == 0 ? 6 : 24);
                now = now.plus(pause);
                List<Row> rows = new ArrayList<>();
                for (int person = 1; person <= 30; person++) {
                    // Ten who come and go, and twenty of whom a bad export now and then loses one.
                    boolean there = person <= 10 ? (night / (person + 2)) % 2 == 0 : random.nextInt(40) > 0;
                    if (there) {
                        rows.add(Row.of(person));
                    }
                }
                boolean unreadable = night > 0 && random.nextInt(12) == 0;
                if (unreadable) {
                    rows.add(active("", "who@example.com"));
                }
                Set<String> present = rows.stream().map(Row::id).collect(Collectors.toCollection(HashSet::new));
                Set<String> leavers = new HashSet<>();
                for (String id : active) {
                    if (present.contains(id)) {
                        times.remove(id);
                        counted.remove(id);
                    } else if (!unreadable) {
                        if (!times.containsKey(id)
                                || Duration.between(counted.get(id), now).compareTo(Duration.ofHours(20)) >= 0) {
                            times.merge(id, 1, Integer::sum);
                            counted.put(id, now);
                        }
                        if (times.get(id) >= grace) {
                            leavers.add(id);
                        }
                    }
                }
                Result result = application.later(pause).snapshot(rows);
                assertThat(new HashSet<>(result.counts().goneIds()))
                        .as("night %d", night)
                        .isEqualTo(leavers);
                gone += leavers.size();
                wrongly += (int)
                        leavers.stream().filter(id -> id.compareTo(id(10)) > 0).count();
                active.addAll(present);
                active.remove("");
                leavers.forEach(id -> {
                    active.remove(id);
                    times.remove(id);
                    counted.remove(id);
                });
            }
            assertThat(gone).isPositive();
            // A person whom one export has lost: with a grace of one they go each time, with more hardly ever.
            assertThat(wrongly).isBetween(grace == 1 ? 100 : 0, grace == 1 ? 300 : grace == 2 ? 15 : 2);
        }
    }

    @Nested
    @DisplayName("a session that ends in ERROR leaves its people unknown:")
    class Doubt {

        @Test
        @DisplayName("the next snapshot sends them, or lets them go, whatever was known before")
        void unknown() {
            application.snapshot(of(1, 20));
            Row promoted = new Row(id(3), login(3), "Board", Row.Kind.ACTIVE);
            List<Row> changed = with(without(of(1, 20), 3, 4), promoted, active("N-1", "n1@example.com"));
            Result failed = application.failing(changed);
            assertThat(failed.counts().gone()).isEqualTo(1);
            Result before = application.snapshot(of(1, 20));
            assertThat(before.counts().changed()).as("00003 and 00004").isEqualTo(2);
            assertThat(before.counts().goneIds()).containsExactly("N-1");
        }

        @Test
        @DisplayName("who was new is new again, who was out comes back under the guard again, and all counts as active")
        void counted() {
            application.failing(of(1, 200));
            assertThat(application.people().active()).isEqualTo(200);
            Result again = application.failing(of(1, 200));
            assertThat(again.counts().created()).isEqualTo(200);
            assertThat(again.isRefused()).isFalse();
            application.snapshot(of(1, 200));
            application.unguarded().snapshot(of(1, 180));
            application.failing(of(1, 200));
            assertThat(application.guarded().snapshot(of(1, 200)).said()).contains("20 people would be active again");
        }

        @Test
        @DisplayName("they keep the login that they were to get")
        void logins() {
            application.snapshot(of(1, 5));
            application.failing(with(without(of(1, 5), 4), active(id(4), login(40))));
            Result refused = application.createAndUpdate(List.of(active("N-1", login(40))));
            assertThat(refused.errors()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @DisplayName("who was new owns no login, so that a corrected ID gets it")
        void corrected(boolean first) {
            if (!first) {
                application.snapshot(of(1, 20));
            }
            application.failing(with(of(1, 20), active("00091", login(91))));
            List<Row> corrected = with(of(1, 20), active("00092", login(91)));
            Result next = application.snapshot(corrected);
            assertThat(next.isRefused()).isFalse();
            assertThat(next.counts().goneIds()).containsExactly("00091");
            assertThat(application.snapshot(corrected).counts().unchanged()).isEqualTo(21);
        }

        @Test
        @DisplayName("who was new doesn't take a login back from someone who has got it since")
        void takenSince() {
            application.snapshot(of(1, 20));
            application.failing(with(of(1, 20), active("00091", login(91))));
            assertThat(application
                            .createAndUpdate(List.of(active("00092", login(91))))
                            .isRefused())
                    .isFalse();
            assertThat(application
                            .createAndUpdate(List.of(active("00091", login(91))))
                            .errors())
                    .hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @DisplayName("whoever was to be deactivated is gone with the next absence, whatever the grace")
        void leaving(boolean byRule) {
            Duration day = Duration.ofDays(1);
            application.grace(3).snapshot(of(1, 20));
            List<Row> fewer = without(of(1, 20), 7, 8);
            if (byRule) {
                application.failing(with(fewer, terminated(id(7), login(7)), terminated(id(8), login(8))));
            } else {
                application.later(day).snapshot(fewer);
                application.later(day).snapshot(fewer);
                application.later(day).failing(fewer);
            }
            List<Row> oneBack = without(of(1, 20), 8);
            Result next = application.failing(oneBack);
            assertThat(next.counts().goneIds()).containsExactly(id(8));
            assertThat(next.counts().changed()).as("is back").isEqualTo(1);
            Result later = application.later(day).snapshot(without(of(1, 20), 7, 8));
            assertThat(later.counts().goneIds()).as("still in doubt").containsExactly(id(8));
            assertThat(later.counts().missing())
                    .as("who was back is missing anew")
                    .isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("a state that was made from what Okta shows")
    class Shown {

        private Map<String, Map<String, String>> users(int count) {
            Map<String, Map<String, String>> users = new LinkedHashMap<>();
            for (int i = 1; i <= count; i++) {
                Map<String, String> profile = new LinkedHashMap<>();
                profile.put("userName", login(i));
                profile.put("department", i == 3 ? "Board" : "Sales");
                profile.put("locale", "en_US");
                users.put(id(i), profile);
            }
            return users;
        }

        @Test
        @DisplayName("lets the next snapshot send only who is shown differently")
        void differences() {
            KnownApplication shown = KnownApplication.shown(users(20));
            Result next = shown.snapshot(of(1, 20));
            assertThat(next.counts().changed()).isEqualTo(1);
            assertThat(next.counts().changedByProperty()).containsExactly(Map.entry("department", 1));
            assertThat(next.counts().unchanged()).isEqualTo(19);
            assertThat(shown.snapshot(of(1, 20)).counts().unchanged()).isEqualTo(20);
        }

        @Test
        @DisplayName("doesn't compare what Okta shows of nobody, and notices when that changes later")
        void hidden() {
            Map<String, Map<String, String>> users = users(20);
            users.values().forEach(profile -> profile.remove("department"));
            KnownApplication shown = KnownApplication.shown(users);
            assertThat(shown.snapshot(of(1, 20)).counts().unchanged()).isEqualTo(20);
            Row moved = new Row(id(7), login(7), "Board", Row.Kind.ACTIVE);
            Result later = shown.snapshot(with(without(of(1, 20), 7), moved));
            assertThat(later.counts().changedByProperty()).containsExactly(Map.entry("department", 1));
        }

        @Test
        @DisplayName("knows whose login is whose")
        void logins() {
            KnownApplication shown = KnownApplication.shown(users(5));
            assertThat(shown.createAndUpdate(List.of(active("N-1", login(4)))).errors())
                    .hasSize(1);
        }
    }
}
