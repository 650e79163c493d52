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
public record Guards(Guard deactivations, Guard changes) {

    /** No limits. */
    public static final Guards NONE = ofSource(Limit.NONE, Limit.NONE);

    /** Who sets a limit, and so where it can be raised. */
    public enum SetBy {
        /** The function's settings, of an import whose users come with the call. */
        SETTING("setting"),
        /** The function's settings, of a file. */
        SETTING_OF_FILES("setting"),
        /** The file's metadata. */
        METADATA("metadata"),
        /** The payload itself, which can only lower what the others allow. */
        SOURCE("payload");

        private final String word;

        SetBy(String word) {
            this.word = word;
        }
    }

    /**
     * A limit, and who sets it.
     *
     * @param limit how many
     * @param by who sets it
     */
    public record Guard(Limit limit, SetBy by) {

        private String named(Kind kind) {
            return switch (by) {
                case SETTING, SETTING_OF_FILES -> kind.setting + " " + limit;
                case METADATA -> "the file's metadata " + kind.metadata + " " + limit;
                case SOURCE -> kind.field + " " + limit + " of the payload itself";
            };
        }

        private String advice(Kind kind) {
            return " Nothing was sent. If it is meant so, "
                    + switch (by) {
                        case SETTING -> "raise that setting.";
                        case SETTING_OF_FILES -> "put the file again with the metadata " + kind.metadata + ".";
                        case METADATA -> "put the file again with a higher one.";
                        case SOURCE -> "raise it there, or leave it out.";
                    };
        }
    }

    /** What is counted, and what its limits are called wherever one can be set. */
    private enum Kind {
        DEACTIVATIONS("IMPORT_MAX_DEACTIVATIONS", "max-deactivations", "maxDeactivations"),
        CHANGES("IMPORT_MAX_CHANGES", "max-changes", "maxChanges");

        private final String setting;
        private final String metadata;
        private final String field;

        Kind(String setting, String metadata, String field) {
            this.setting = setting;
            this.metadata = metadata;
            this.field = field;
        }
    }

    /** What applies to an import whose users come with the call; it changes no more people than it holds. */
    public static Guards ofCall(ImportOperation operation, Optional<Limit> deactivationsSet) {
        return new Guards(
                new Guard(deactivationsSet.orElse(usual(operation)), SetBy.SETTING),
                new Guard(Limit.NONE, SetBy.SETTING));
    }

    /** What a payload itself allows. */
    public static Guards ofSource(Limit deactivations, Limit changes) {
        return new Guards(new Guard(deactivations, SetBy.SOURCE), new Guard(changes, SetBy.SOURCE));
    }

    /**
     * What applies to a file.
     *
     * @param deactivations the file's metadata
     * @param deactivationsSet the setting, which the metadata takes the place of
     * @param changes likewise
     * @param changesSet likewise
     */
    public static Guards ofFile(
            ImportOperation operation,
            Optional<Limit> deactivations,
            Optional<Limit> deactivationsSet,
            Optional<Limit> changes,
            Optional<Limit> changesSet) {
        return new Guards(
                ofFile(deactivations, deactivationsSet.orElse(usual(operation))),
                ofFile(changes, changesSet.orElse(Limit.NONE)));
    }

    private static Guard ofFile(Optional<Limit> metadata, Limit setting) {
        return metadata.map(limit -> new Guard(limit, SetBy.METADATA))
                .orElseGet(() -> new Guard(setting, SetBy.SETTING_OF_FILES));
    }

    private static Limit usual(ImportOperation operation) {
        return operation == ImportOperation.DEACTIVATE_AND_DELETE ? Limit.NONE : Limit.CAREFUL;
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
        OptionalInt mostDeactivations = deactivations.limit().most(known);
        if (mostDeactivations.isPresent() && deactivated > mostDeactivations.getAsInt()) {
            return Optional.of(Problem.of(
                            ProblemType.DEACTIVATION_LIMIT_EXCEEDED,
                            deactivated + (deactivated == 1 ? " person" : " people") + " would be deactivated; at most "
                                    + mostDeactivations.getAsInt() + " may be ("
                                    + deactivations.named(Kind.DEACTIVATIONS)
                                    + ")." + shrunken(known, present) + deactivations.advice(Kind.DEACTIVATIONS))
                    .with("limitSetBy", deactivations.by().word)
                    .with("users", deactivated)
                    .with("maxDeactivations", mostDeactivations.getAsInt())
                    .with("people", present)
                    .with("peopleBefore", known.isPresent() ? Optional.of(known.getAsInt()) : Optional.empty()));
        }
        OptionalInt mostChanges = changes.limit().most(known);
        if (mostChanges.isPresent() && changed > mostChanges.getAsInt()) {
            return Optional.of(Problem.of(
                            ProblemType.DEACTIVATION_LIMIT_EXCEEDED,
                            changed + (changed == 1 ? " person" : " people") + " would be changed; at most "
                                    + mostChanges.getAsInt() + " may be (" + changes.named(Kind.CHANGES)
                                    + "). Is a column gone, or filled differently?" + changes.advice(Kind.CHANGES))
                    .with("limitSetBy", changes.by().word)
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
