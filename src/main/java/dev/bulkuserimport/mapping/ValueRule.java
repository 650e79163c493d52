package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import java.util.ArrayList;
import java.util.List;

/**
 * How a record's value is produced.
 *
 * @param origin the source of the value
 * @param steps the transformations, in order
 */
record ValueRule(Origin origin, List<Step> steps) {

    /** The same for an ID, of which a damaged one must not be hidden by zeros, a prefix or another part. */
    ValueRule ofId() {
        List<Step> checked = new ArrayList<>(steps);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Pad || steps.get(i) instanceof Step.Prefix) {
                checked.add(i, new Step.Undamaged());
                break;
            }
        }
        return new ValueRule(origin instanceof Origin.Joined joined ? joined.ofId() : origin, checked);
    }

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
