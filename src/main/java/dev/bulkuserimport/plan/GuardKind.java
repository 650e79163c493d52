package dev.bulkuserimport.plan;

import dev.bulkuserimport.problem.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is counted, and the names of its limits wherever they can be set. */
public enum GuardKind {
    DEACTIVATIONS("deactivations", "IMPORT_MAX_DEACTIVATIONS", "max-deactivations", "maxDeactivations", "users"),
    CHANGES("changes", "IMPORT_MAX_CHANGES", "max-changes", "maxChanges", "changed"),
    RETURNS("returns", "IMPORT_MAX_RETURNS", "max-returns", "maxReturns", "returned"),
    GROUP_REMOVALS(
            "removals from the group",
            "IMPORT_MAX_GROUP_REMOVALS",
            "max-group-removals",
            "maxGroupRemovals",
            "removals");

    private final String noun;
    private final String setting;
    private final String metadata;
    private final String field;
    private final String counted;

    GuardKind(String noun, String setting, String metadata, String field, String counted) {
        this.noun = noun;
        this.setting = setting;
        this.metadata = metadata;
        this.field = field;
        this.counted = counted;
    }

    /** The kind of limit that a refusal is about; a report of an earlier version names it only by the number allowed. */
    public static Optional<GuardKind> of(Problem refusal) {
        return Arrays.stream(values())
                .filter(kind -> refusal.more().containsKey(kind.field))
                .findFirst();
    }

    /** What it counts, in words. */
    public String noun() {
        return noun;
    }

    /** The setting that applies to every file. */
    public String setting() {
        return setting;
    }

    /** The metadata that allows a single file. */
    public String metadata() {
        return metadata;
    }

    /** How many people a refusal counts; empty for removals, of which it has only those from the first group. */
    public Optional<Integer> people(Problem refusal) {
        return this != GROUP_REMOVALS && refusal.more().get(counted) instanceof Number number
                ? Optional.of(number.intValue())
                : Optional.empty();
    }

    /** The member of a refusal that holds what is allowed. */
    String field() {
        return field;
    }

    /** The member of a refusal that holds what was counted. */
    String counted() {
        return counted;
    }

    /** Its name in a refusal. */
    String word() {
        return this == GROUP_REMOVALS ? "groupRemovals" : name().toLowerCase(Locale.ROOT);
    }
}
