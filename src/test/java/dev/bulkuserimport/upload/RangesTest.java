package dev.bulkuserimport.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.Comparison;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Ranges of records that are not certainly in Okta")
class RangesTest {

    /** Two users a request; lines from 2 on, leavers on the last {@code leavers} lines. */
    static SessionPlan plan(int users, int leavers) throws IOException {
        return plan(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false).withUsersPerPage(2), users, leavers);
    }

    private static SessionPlan plan(PlanRules rules, int users, int leavers) throws IOException {
        SessionPlan[] plan = {SessionPlan.EMPTY};
        SessionPlanner planner = new SessionPlanner(rules, session -> plan[0] = session);
        for (int i = 0; i < users; i++) {
            boolean leaver = i >= users - leavers;
            if (leaver) {
                planner.beginDeactivation(i + 2);
            } else {
                planner.begin(i + 2);
            }
            planner.externalId("E-" + i);
            if (!leaver) {
                planner.beginProfile();
                char[] name = ("user" + i).toCharArray();
                planner.property("userName", name, 0, name.length);
                planner.endProfile();
            }
            planner.end();
        }
        planner.finish();
        return plan[0];
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AAAA | 0 |
            RAAA | 0 | 2-3:2 rejected
            ARRA | 0 | 4-7:4 rejected
            ARNN | 0 | 4-5:2 rejected, 6-9:4 not-sent
            RARU | 0 | 2-3:2 rejected, 6-7:2 rejected, 8-9:2 unknown
            NNNN | 0 | 2-9:8 not-sent
            NNNN | 4 | 2-5:4 not-sent, 6-9:4 not-sent
            AANN | 4 | 6-9:4 not-sent
            """)
    @DisplayName("join neighbours of the same outcome, upserts and deletes apart")
    void table(String requests, int leavers, String expected) throws IOException {
        assertThat(Ranges.notImported(plan(8, leavers), outcomes(requests)).stream()
                        .map(RangesTest::text))
                .containsExactlyElementsOf(
                        expected == null
                                ? Stream.<String>empty().toList()
                                : Stream.of(expected.split(", ")).toList());
    }

    @Test
    @DisplayName("begin at index 0 in a payload of leavers too")
    void leaversFromIndexZero() throws IOException {
        SessionPlan[] plan = {SessionPlan.EMPTY};
        SessionPlanner planner = new SessionPlanner(
                PlanRules.oneSession(ImportOperation.DEACTIVATE_AND_DELETE, false)
                        .withUsersPerPage(2),
                session -> plan[0] = session);
        for (String id : new String[] {"E-0", "E-1", "E-2"}) {
            planner.begin(0);
            planner.externalId(id);
            planner.end();
        }
        planner.finish();
        assertThat(Ranges.all(plan[0], NotImported.Outcome.UNKNOWN))
                .containsExactly(new NotImported(0, 2, 3, NotImported.Outcome.UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NNNN | 2-3:2 not-sent, 4-5:6 not-sent
            AANN | 0-0:4 not-sent
            AAAU | 0-0:2 unknown
            """)
    @DisplayName("begin and end with those who are in the file, not with people who are gone from it")
    void gone(String requests, String expected) throws IOException {
        Comparison comparison = new Comparison() {
            @Override
            public Ending end() {
                return new Ending.Gone(List.of("G-1", "G-2", "G-3", "G-4"));
            }
        };
        PlanRules rules = PlanRules.oneSession(ImportOperation.SNAPSHOT, false)
                .withUsersPerPage(2)
                .withComparison(comparison);
        assertThat(Ranges.notImported(plan(rules, 4, 2), outcomes(requests)).stream()
                        .map(RangesTest::text))
                .containsExactly(expected.split(", "));
    }

    @Test
    @DisplayName("of a whole plan hold every record, and of an empty one none")
    void all() throws IOException {
        assertThat(Ranges.all(plan(7, 0), NotImported.Outcome.NOT_SENT))
                .containsExactly(new NotImported(2, 8, 7, NotImported.Outcome.NOT_SENT));
        assertThat(Ranges.all(SessionPlan.EMPTY, NotImported.Outcome.NOT_SENT)).isEmpty();
    }

    private static List<Optional<NotImported.Outcome>> outcomes(String requests) {
        return requests.chars()
                .mapToObj(c -> switch (c) {
                    case 'A' -> Optional.<NotImported.Outcome>empty();
                    case 'R' -> Optional.of(NotImported.Outcome.REJECTED);
                    case 'U' -> Optional.of(NotImported.Outcome.UNKNOWN);
                    default -> Optional.of(NotImported.Outcome.NOT_SENT);
                })
                .toList();
    }

    private static String text(NotImported range) {
        return range.first() + "-" + range.last() + ":" + range.count() + " "
                + range.outcome().label();
    }
}
