package dev.bulkuserimport.mapping;

import dev.bulkuserimport.plan.SourceShape.RuleUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which rows are skipped, or deactivated: those for which one of the rules holds.
 *
 * @param tests the rules; none where the mapping has none
 */
record RowRules(List<RowTest> tests) {

    static final RowRules NONE = new RowRules(List.of());

    RowRules {
        tests = List.copyOf(tests);
    }

    /** What the rules say about a row. */
    sealed interface Decision {

        Decision NO = new No();

        /** None of them holds. */
        record No() implements Decision {}

        /** One of them holds. */
        record Yes(int rule) implements Decision {}

        /** None of them holds, but one could not be decided. */
        record Undecided(int column, UnusableValue why) implements Decision {}
    }

    /** @param now the time of the import, the same for all its rows */
    Decision decide(Cells cells, Instant now) {
        Decision decision = Decision.NO;
        for (int i = 0; i < tests.size(); i++) {
            RowTest test = tests.get(i);
            try {
                if (test.holds(cells, now)) {
                    return new Decision.Yes(i);
                }
            } catch (UnusableValue e) {
                decision = new Decision.Undecided(test.column(), e);
            }
        }
        return decision;
    }

    /**
     * How many rows each rule with {@code is} applied to.
     *
     * @param list what the mapping calls these rules
     * @param columns the names of the mapping's columns
     * @param rows for each rule its rows
     */
    List<RuleUse> uses(String list, List<String> columns, int[] rows) {
        List<RuleUse> uses = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            RowTest test = tests.get(i);
            if (test.accepted().isPresent()) {
                String values = test.accepted().get().stream().sorted().collect(Collectors.joining("\n"));
                uses.add(new RuleUse(list, columns.get(test.column()), values, rows[i]));
            }
        }
        return uses;
    }
}
