package dev.bulkuserimport.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A search for an import's users")
class UserSearchTest {

    static SessionPlan plan(ImportOperation operation, String... users) throws IOException {
        SessionPlan[] plan = {SessionPlan.EMPTY};
        SessionPlanner planner =
                new SessionPlanner(PlanRules.oneSession(operation, false), session -> plan[0] = session);
        for (String user : users) {
            String[] parts = user.split(" ");
            planner.begin(0);
            planner.externalId(parts[0]);
            planner.beginProfile();
            property(planner, "department", "R & D");
            property(planner, "userName", parts[parts.length - 1]);
            planner.endProfile();
            planner.end();
        }
        planner.finish();
        return plan[0];
    }

    private static void property(SessionPlanner planner, String name, String value) throws IOException {
        planner.property(name, value.toCharArray(), 0, value.length());
    }

    @Test
    @DisplayName("finds them by external ID, and by login where Okta shows no ID yet")
    void finds() throws IOException {
        SessionPlan plan = plan(
                ImportOperation.CREATE_AND_UPDATE,
                "E-1 a@example.com",
                "E-2 B@example.com",
                "E-3 c@example.com",
                "E-4 d@example.com",
                "E-5 e@example.com");
        UserSearch search = new UserSearch(BulkOperation.UPSERT_USERS);
        search.add(plan);
        search.shown(Optional.of("E-1"), Optional.of("other@example.com"), "ACTIVE");
        search.shown(Optional.empty(), Optional.of("b@EXAMPLE.com"), "IMPORTED");
        // Somebody else's user who has the login, and people who are not of this import.
        search.shown(Optional.of("X-3"), Optional.of("c@example.com"), "ACTIVE");
        search.shown(Optional.of("X-9"), Optional.empty(), "ACTIVE");
        search.shown(Optional.empty(), Optional.empty(), "STAGED");
        search.shown(Optional.of("E-1"), Optional.empty(), "SUSPENDED");
        assertThat(search.byStatus()).containsExactly(entry("ACTIVE", 1), entry("IMPORTED", 1));
        assertThat(search.notShown()).isEqualTo(3);
        assertThat(search.isDone()).isFalse();
        assertThat(search.notShown(plan, 100)).containsExactly("E-3", "E-4", "E-5");
        assertThat(search.notShown(plan, 2)).containsExactly("E-3", "E-4");
    }

    @Test
    @DisplayName("goes over several sessions, and leaves out what it was not asked for")
    void sessions() throws IOException {
        SessionPlan first = plan(ImportOperation.CREATE_AND_UPDATE, "E-1 a@example.com");
        SessionPlan second = plan(ImportOperation.CREATE_AND_UPDATE, "E-2 b@example.com");
        SessionPlan deletions = plan(ImportOperation.DEACTIVATE_AND_DELETE, "E-3");
        UserSearch search = new UserSearch(BulkOperation.UPSERT_USERS);
        search.add(first);
        search.add(second);
        search.add(deletions);
        search.shown(Optional.of("E-2"), Optional.empty(), "ACTIVE");
        assertThat(search.notShown()).isEqualTo(1);
        assertThat(search.notShown(deletions, 9)).isEmpty();
        assertThat(search.notShown(second, 9)).isEmpty();
        search.shown(Optional.empty(), Optional.of("a@example.com"), "MATCHED");
        assertThat(search.isDone()).isTrue();

        UserSearch leavers = new UserSearch(BulkOperation.DELETE_USERS);
        leavers.add(deletions);
        leavers.shown(Optional.of("E-3"), Optional.empty(), "DEPROVISIONED");
        assertThat(leavers.byStatus()).containsExactly(entry("DEPROVISIONED", 1));
    }
}
