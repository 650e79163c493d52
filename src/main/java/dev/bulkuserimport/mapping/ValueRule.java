package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import java.util.List;

/**
 * How one value of a record is made.
 *
 * @param origin where it comes from
 * @param steps what is done to it, in this order
 */
record ValueRule(Origin origin, List<Step> steps) {

    /** The value; empty when there is none. */
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
