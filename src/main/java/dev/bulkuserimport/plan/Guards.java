package dev.bulkuserimport.plan;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What stops a mass deactivation. Okta has no safeguards for imports of this kind (its help page on Anything-as-a-Source), so nothing else
 * does.
 *
 * @param deactivations how many people may be deactivated
 * @param changes how many known people may be changed
 */
public record Guards(Limit deactivations, Limit changes) {

    /** No limits. */
    public static final Guards NONE = new Guards(Limit.NONE, Limit.NONE);

    /** The setting, and the metadata with which one file is let through. */
    private static final String DEACTIVATIONS = "IMPORT_MAX_DEACTIVATIONS";

    private static final String CHANGES = "IMPORT_MAX_CHANGES";

    /**
     * What applies to an import.
     *
     * @param deactivationsSet the setting, or what one file's metadata says instead
     * @param changesSet likewise
     */
    public static Guards of(ImportOperation operation, Optional<Limit> deactivationsSet, Optional<Limit> changesSet) {
        Limit usual = operation == ImportOperation.DEACTIVATE_AND_DELETE ? Limit.NONE : Limit.CAREFUL;
        return new Guards(deactivationsSet.orElse(usual), changesSet.orElse(Limit.NONE));
    }

    /** The stricter of these and others, for each import that they look at. */
    public Optional<Problem> refusal(Guards others, OptionalInt known, int present, int deactivated, int changed) {
        return refusal(known, present, deactivated, changed)
                .or(() -> others.refusal(known, present, deactivated, changed));
    }

    /**
     * Refuses what goes over a limit.
     *
     * @param known how many people are known so far; empty where nothing is
     * @param present how many people the source holds
     * @param deactivated how many would be deactivated
     * @param changed how many would be changed
     */
    public Optional<Problem> refusal(OptionalInt known, int present, int deactivated, int changed) {
        OptionalInt mostDeactivations = deactivations.most(known);
        if (mostDeactivations.isPresent() && deactivated > mostDeactivations.getAsInt()) {
            return Optional.of(Problem.of(
                            ProblemType.DEACTIVATION_LIMIT_EXCEEDED,
                            deactivated + (deactivated == 1 ? " person" : " people") + " would be deactivated; at most "
                                    + mostDeactivations.getAsInt() + " may be (" + DEACTIVATIONS + " " + deactivations
                                    + ")." + shrunken(known, present) + " Nothing was sent. If it is meant so, put the"
                                    + " file again with the metadata max-deactivations.")
                    .with("users", deactivated)
                    .with("maxDeactivations", mostDeactivations.getAsInt())
                    .with("people", present)
                    .with("peopleBefore", known.isPresent() ? Optional.of(known.getAsInt()) : Optional.empty()));
        }
        OptionalInt mostChanges = changes.most(known);
        if (mostChanges.isPresent() && changed > mostChanges.getAsInt()) {
            return Optional.of(Problem.of(
                            ProblemType.DEACTIVATION_LIMIT_EXCEEDED,
                            changed + (changed == 1 ? " person" : " people") + " would be changed; at most "
                                    + mostChanges.getAsInt() + " may be (" + CHANGES + " " + changes
                                    + "). Is a column gone, or filled differently? Nothing was sent. If it is meant so,"
                                    + " put the file again with the metadata max-changes.")
                    .with("changed", changed)
                    .with("maxChanges", mostChanges.getAsInt())
                    .with("people", present)
                    .with("peopleBefore", known.isPresent() ? Optional.of(known.getAsInt()) : Optional.empty()));
        }
        return Optional.empty();
    }

    /** An export that was cut short is the usual accident, so it is named for what it looks like. */
    private static String shrunken(OptionalInt known, int present) {
        return known.isPresent() && present < known.getAsInt()
                ? " This source has " + present + " people, the last had " + known.getAsInt()
                        + ": is the export complete?"
                : "";
    }
}
