package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.DateForm;
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

    private static final Step UNDAMAGED = new Step.Undamaged();

    /** The same for an ID, of which a damaged one must not be hidden by zeros, a prefix or another part. */
    ValueRule ofId() {
        List<Step> checked = new ArrayList<>(steps);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Pad || steps.get(i) instanceof Step.Prefix) {
                checked.add(i, UNDAMAGED);
                break;
            }
        }
        return new ValueRule(origin instanceof Origin.Joined joined ? joined.ofId() : origin, checked);
    }

    /** Whether a text that a spreadsheet shows for a date is hidden in the ID, behind zeros or a prefix or beside another part. */
    boolean hidesDate(Cells cells) throws UnusableValue {
        if (origin instanceof Origin.Joined joined && joined.hasDate(cells)) {
            return true;
        }
        return steps.contains(UNDAMAGED) && hidesDate(origin.in(cells), origin.writing(cells));
    }

    /** The same for a text that is the origin's, or a part of it. */
    boolean hidesDate(String text, Step.Writing writing) throws UnusableValue {
        if (!steps.contains(UNDAMAGED)) {
            return false;
        }
        String value = Edges.trimmed(text);
        for (Step step : steps.subList(0, steps.indexOf(UNDAMAGED))) {
            value = step instanceof Step.IsoDate date ? date.apply(value, writing) : step.apply(value);
        }
        return DateForm.matches(Edges.trimmed(value));
    }

    /** The value; empty if there is none. */
    String apply(Cells cells) throws UnusableValue {
        String value = origin.in(cells);
        for (Step step : steps) {
            value = step instanceof Step.IsoDate date ? date.apply(value, origin.writing(cells)) : step.apply(value);
        }
        return Edges.trimmed(value);
    }
}
