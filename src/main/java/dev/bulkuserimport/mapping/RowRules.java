package dev.bulkuserimport.mapping;

import dev.bulkuserimport.plan.SourceShape.RuleUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides which rows are skipped, or deactivated: those that match one of the rules.
 *
 * @param tests the rules; empty if the mapping has none
 */
record RowRules(List<RowTest> tests) {

    static final RowRules NONE = new RowRules(List.of());

    RowRules {
        tests = List.copyOf(tests);
    }

    /** The rules' decision about a row. */
    sealed interface Decision {

        Decision NO = new No();

        /** No rule matches. */
        record No() implements Decision {}

        Decision YES = new Yes();

        /** A rule matches. */
        record Yes() implements Decision {}

        /** No rule matches, but one could not be evaluated. */
        record Undecided(int column, UnusableValue why) implements Decision {}
    }

    /**
     * Decides about a row.
     *
     * @param now the time of the import, the same for all its rows
     * @param rows the number of rows for each rule, to which this one is added where it matches, also behind another rule that does: a rule
     *     whose rows all match an earlier one too would seem to have lost them
     */
    Decision decide(Cells cells, Instant now, int[] rows) {
        Decision decision = Decision.NO;
        for (int i = 0; i < tests.size(); i++) {
            RowTest test = tests.get(i);
            boolean isDecided = decision instanceof Decision.Yes;
            if (isDecided && test.accepted().isEmpty()) {
                continue;
            }
            try {
                if (cells.isDamaged(test.column())) {
                    throw new UnusableValue("its cell is damaged");
                }
                if (test.holds(cells, now)) {
                    rows[i]++;
                    decision = Decision.YES;
                }
            } catch (UnusableValue e) {
                decision = isDecided ? decision : new Decision.Undecided(test.column(), e);
            }
        }
        return decision;
    }

    /**
     * How many rows each rule with {@code is} matched.
     *
     * @param list the mapping's name for these rules
     * @param columns the names of the mapping's columns
     * @param rows the number of rows for each rule
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
