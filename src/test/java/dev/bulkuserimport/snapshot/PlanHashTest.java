package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.plan.PlanHash;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The hash of a plan")
class PlanHashTest {

    private static final int KNOWN = 500;

    private final HashKey key = HashKey.generate();

    /** A snapshot of people {@code from} to {@code to}, held against the 500 who are known. */
    private String hash(String app, int from, int to, String department, int usersPerPage) throws IOException {
        People people = new People();
        for (int i = 0; i < KNOWN; i++) {
            people.addUnknown("E-" + i);
        }
        SnapshotComparison comparison = new SnapshotComparison(
                ImportOperation.SNAPSHOT,
                Optional.of(people),
                new PropertyNames(List.of()),
                key,
                Guards.NONE,
                SnapshotTerms.PLAIN);
        PlanHash hash = new PlanHash();
        SessionPlanner planner = new SessionPlanner(
                PlanRules.oneSession(ImportOperation.SNAPSHOT, false)
                        .withManySessions()
                        .withUsersPerPage(usersPerPage)
                        .withComparison(comparison),
                hash::add);
        for (int i = from; i < to; i++) {
            planner.begin(i + 2);
            planner.externalId("E-" + i);
            planner.beginProfile();
            planner.property(
                    "userName", ("u" + i + "@example.com").toCharArray(), 0, ("u" + i + "@example.com").length());
            planner.property("department", department.toCharArray(), 0, department.length());
            planner.endProfile();
            planner.end();
        }
        assertThat(planner.finish()).isInstanceOf(PlanOutcome.Planned.class);
        return hash.of(app);
    }

    @Test
    @DisplayName("is the same when the same plan is made again, and another one for each other plan")
    void same() throws IOException {
        String hash = hash("0oa1", 0, 400, "Sales", 100);

        assertThat(hash).hasSize(64);
        for (int i = 0; i < 5; i++) {
            assertThat(hash("0oa1", 0, 400, "Sales", 100)).isEqualTo(hash);
        }
        Set<String> hashes = new HashSet<>(List.of(hash));
        hashes.add(hash("0oa2", 0, 400, "Sales", 100));
        hashes.add(hash("0oa1", 0, 399, "Sales", 100));
        hashes.add(hash("0oa1", 1, 400, "Sales", 100));
        hashes.add(hash("0oa1", 0, 400, "Sale", 100));
        hashes.add(hash("0oa1", 0, 400, "Sales", 99));
        hashes.add(hash("0oa1", 0, 400, "Sales", 2));
        assertThat(hashes).hasSize(7);
    }
}
