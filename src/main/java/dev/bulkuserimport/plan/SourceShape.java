package dev.bulkuserimport.plan;

import java.util.List;

/**
 * What a source looks like beside its records, to be compared with that of the last snapshot.
 *
 * @param columns the columns of a table that is read without a mapping, by the names under which they are sent; none of other sources
 * @param rules how many rows each of the mapping's rules with {@code is} applied to
 */
public record SourceShape(List<String> columns, List<RuleUse> rules) {

    /** Nothing is known of it. */
    public static final SourceShape NONE = new SourceShape(List.of(), List.of());

    public SourceShape {
        columns = List.copyOf(columns);
        rules = List.copyOf(rules);
    }

    /**
     * A rule of a mapping that compares a column with values.
     *
     * @param list {@code deactivate} or {@code skip}
     * @param column the column that it looks at
     * @param values what tells it from other rules for the same column: its values, in any order that stays the same
     * @param rows rows that it applied to
     */
    public record RuleUse(String list, String column, String values, int rows) {}
}
