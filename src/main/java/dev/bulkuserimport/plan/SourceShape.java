package dev.bulkuserimport.plan;

import java.util.List;

/**
 * The structure of a source, to be compared with that of the last snapshot.
 *
 * @param columns the columns of a table read without a mapping, by the names under which they are sent; empty for other sources
 * @param rules how many rows each of the mapping's rules with {@code is} matched
 */
public record SourceShape(List<String> columns, List<RuleUse> rules) {

    /** An unknown structure. */
    public static final SourceShape NONE = new SourceShape(List.of(), List.of());

    public SourceShape {
        columns = List.copyOf(columns);
        rules = List.copyOf(rules);
    }

    /**
     * A rule of a mapping that compares a column with values.
     *
     * @param list {@code deactivate} or {@code skip}
     * @param column the column that it reads
     * @param values its values in a fixed order, which distinguish it from other rules for the same column
     * @param rows the number of rows that it matched
     */
    public record RuleUse(String list, String column, String values, int rows) {}
}
