package dev.bulkuserimport.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * What an answer, a problem or a report says of an import's users.
 *
 * @param imported records that Okta is said to have accepted
 * @param outcomes by place, what became of those that it did not certainly accept
 * @param failed whether it says that not everything is in
 */
record Account(int imported, Map<Integer, String> outcomes, boolean failed) {

    static Account ofAnswer(JsonNode answer) {
        return new Account(answer.path("recordsImported").asInt(-1), Map.of(), false);
    }

    static Account ofProblem(JsonNode problem) {
        Map<Integer, String> outcomes = new TreeMap<>();
        for (JsonNode range : problem.path("notImported")) {
            int first = range.path("firstIndex").asInt();
            int last = range.path("lastIndex").asInt();
            assertThat(range.path("count").asInt()).as("%s", range).isEqualTo(last - first + 1);
            for (int place = first; place <= last; place++) {
                assertThat(outcomes.put(place, range.path("outcome").asText()))
                        .as("%s is told twice", place)
                        .isNull();
            }
        }
        return new Account(problem.path("recordsImported").asInt(-1), outcomes, true);
    }

    static Account ofReport(JsonNode report) {
        Account problem = ofProblem(report.path("problem"));
        return new Account(report.path("recordsImported").asInt(-1), problem.outcomes, report.has("problem"));
    }

    /** Fails unless said ≤ held ≤ said + unknown, user by user where it says which they are. */
    void assertAgrees(int users, int firstPlace, IntFunction<String> idAt, Set<String> held) {
        int unknown = 0;
        for (int place = firstPlace; place < firstPlace + users; place++) {
            String outcome = outcomes.get(place);
            if ("unknown".equals(outcome)) {
                unknown++;
            } else if (outcome != null) {
                assertThat(held).as("the one at %s is %s", place, outcome).doesNotContain(idAt.apply(place));
            } else if (!failed || !outcomes.isEmpty()) {
                assertThat(held).as("the one at %s is imported", place).contains(idAt.apply(place));
            }
        }
        if (!outcomes.isEmpty()) {
            assertThat(imported + outcomes.size()).as("everybody is told of").isEqualTo(users);
        }
        assertThat(held.size()).as("%s", this).isBetween(imported, imported + unknown);
    }

    /** The same by counts alone, where the input is too odd to know the users of. */
    void assertCounts(int held) {
        long unknown = outcomes.values().stream().filter("unknown"::equals).count();
        assertThat((long) held).as("%s", this).isBetween((long) imported, imported + unknown);
    }
}
