package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import java.util.List;

/**
 * How a record's value is produced.
 *
 * @param origin the source of the value
 * @param steps the transformations, in order
 */
record ValueRule(Origin origin, List<Step> steps) {

    /** The value; empty if there is none. */
    String apply(Cells cells) throws UnusableValue {
        String value = origin.in(cells);
        for (Step step : steps) {
            value = step instanceof Step.IsoDate date && origin.isDate(cells)
                    ? date.ofDateCell(value)
                    : step.apply(value);
        }
        return Edges.trimmed(value);
    }
}
