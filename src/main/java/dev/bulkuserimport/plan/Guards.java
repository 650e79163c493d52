package dev.bulkuserimport.plan;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Limits that prevent a mass deactivation or reactivation. According to its help page on Anything-as-a-Source, Okta has no safeguards for
 * imports of this kind, so nothing else does.
 *
 * @param deactivations how many people may be deactivated
 * @param changes how many known people may be changed
 * @param returns how many deactivated people may be reactivated
 * @param groupRemovals how many members each group may lose
 */
public record Guards(Guard deactivations, Guard changes, Guard returns, Guard groupRemovals) {

    /** No limits. */
    public static final Guards NONE = ofSource(Limit.NONE, Limit.NONE);

    /** The origin of a limit, which determines where it can be raised. */
    public enum SetBy {
        /** The function's settings, for an import whose users are in the call. */
        SETTING("setting"),
        /** The function's settings, for a file. */
        SETTING_OF_FILES("setting"),
        /** The file's metadata. */
        METADATA("metadata"),
        /** The payload itself, which can only lower the other limits. */
        SOURCE("payload");

        private final String word;

        SetBy(String word) {
            this.word = word;
        }
    }

    /**
     * A limit and its origin.
     *
     * @param limit the limit
     * @param by its origin
     */
    public record Guard(Limit limit, SetBy by) {

        private Optional<Problem> refusal(GuardKind kind, int count, Impact impact, String what, String question) {
            OptionalInt most = limit.most(impact.known());
            if (most.isEmpty() || count <= most.getAsInt()) {
                return Optional.empty();
            }
            return Optional.of(Problem.of(
                            ProblemType.DEACTIVATION_LIMIT_EXCEEDED,
                            count + (count == 1 ? " person" : " people") + " would " + what + "; at most "
                                    + most.getAsInt() + " may be (" + named(kind) + ")." + question + advice(kind))
                    .with("limit", kind.word())
                    .with("limitSetBy", by.word)
                    .with(kind.counted(), count)
                    .with(kind.field(), most.getAsInt())
                    .with("people", impact.present())
                    .with(
                            "peopleBefore",
                            impact.known().isPresent()
                                    ? Optional.of(impact.known().getAsInt())
                                    : Optional.empty()));
        }

        /** @param id the first group's external ID, if it may be shown */
        private Problem refusal(List<GroupRemovals> over, int most, Optional<String> id) {
            GroupRemovals first = over.get(0);
            String others = over.size() == 1
                    ? ""
                    : " " + (over.size() - 1) + (over.size() == 2 ? " more group" : " more groups")
                            + " would lose too many as well.";
            return Problem.of(
                            ProblemType.DEACTIVATION_LIMIT_EXCEEDED,
                            first.share() + " would be removed from the group"
                                    + id.map(text -> " " + text).orElse("") + "; at most " + most + " may be ("
                                    + named(GuardKind.GROUP_REMOVALS) + ")." + others
                                    + " Is a column missing, or filled differently?" + advice(GuardKind.GROUP_REMOVALS))
                    .with("limit", GuardKind.GROUP_REMOVALS.word())
                    .with("limitSetBy", by.word)
                    .with(GuardKind.GROUP_REMOVALS.counted(), first.removed())
                    .with(GuardKind.GROUP_REMOVALS.field(), most)
                    .with("group", id)
                    .with("groupMembers", first.size())
                    .with("groupsCount", over.size());
        }

        private String named(GuardKind kind) {
            return switch (by) {
                case SETTING, SETTING_OF_FILES -> kind.setting() + " " + limit;
                case METADATA -> "the file's metadata " + kind.metadata() + " " + limit;
                case SOURCE -> kind.field() + " " + limit + " of the payload itself";
            };
        }

        private String advice(GuardKind kind) {
            return " Nothing was sent. If this is intended, "
                    + switch (by) {
                        case SETTING -> "raise that setting.";
                        case SETTING_OF_FILES -> "upload the file again with the metadata " + kind.metadata() + ".";
                        case METADATA -> "upload the file again with a higher one.";
                        case SOURCE -> "raise it there, or omit it.";
                    };
        }
    }

    /**
     * The impact of an import.
     *
     * @param known how many people are known to be active; empty if nothing is known
     * @param present how many people the source contains
     * @param deactivated how many would be deactivated
     * @param changed how many would be changed
     * @param returned how many deactivated people would be active again
     * @param groups what would be taken from each group that someone leaves
     */
    public record Impact(
            OptionalInt known, int present, int deactivated, int changed, int returned, List<GroupRemovals> groups) {}

    /** The guards for an import whose users are in the call; it can't change more people than it contains. */
    public static Guards ofCall(ImportOperation operation, Optional<Limit> deactivationsSet) {
        return new Guards(
                new Guard(deactivationsSet.orElse(usual(operation)), SetBy.SETTING),
                new Guard(Limit.NONE, SetBy.SETTING),
                new Guard(Limit.NONE, SetBy.SETTING),
                new Guard(Limit.NONE, SetBy.SETTING));
    }

    /** The limits in a payload. */
    public static Guards ofSource(Limit deactivations, Limit changes) {
        return new Guards(
                new Guard(deactivations, SetBy.SOURCE),
                new Guard(changes, SetBy.SOURCE),
                new Guard(Limit.NONE, SetBy.SOURCE),
                new Guard(Limit.NONE, SetBy.SOURCE));
    }

    /** The limits from one origin; each is empty if not set. */
    public record Limits(
            Optional<Limit> deactivations,
            Optional<Limit> changes,
            Optional<Limit> returns,
            Optional<Limit> groupRemovals) {}

    /**
     * The guards for a file.
     *
     * @param metadata the file's metadata, which overrides the settings
     */
    public static Guards ofFile(ImportOperation operation, Limits metadata, Limits settings) {
        return new Guards(
                ofFile(metadata.deactivations(), settings.deactivations().orElse(usual(operation))),
                ofFile(metadata.changes(), settings.changes().orElse(Limit.NONE)),
                ofFile(metadata.returns(), settings.returns().orElse(Limit.CAREFUL)),
                ofFile(metadata.groupRemovals(), settings.groupRemovals().orElse(Limit.HALF)));
    }

    private static Guard ofFile(Optional<Limit> metadata, Limit setting) {
        return metadata.map(limit -> new Guard(limit, SetBy.METADATA))
                .orElseGet(() -> new Guard(setting, SetBy.SETTING_OF_FILES));
    }

    private static Limit usual(ImportOperation operation) {
        return operation == ImportOperation.DEACTIVATE_AND_DELETE ? Limit.NONE : Limit.CAREFUL;
    }

    /** These guards combined with others; both must allow an import. */
    public Optional<Problem> refusal(Guards others, Impact impact) {
        return refusal(impact).or(() -> others.refusal(impact));
    }

    /** Refuses an import that exceeds a limit. */
    public Optional<Problem> refusal(Impact impact) {
        return deactivations
                .refusal(
                        GuardKind.DEACTIVATIONS,
                        impact.deactivated(),
                        impact,
                        "be deactivated",
                        shrunken(impact.known(), impact.present()))
                .or(() -> changes.refusal(
                        GuardKind.CHANGES,
                        impact.changed(),
                        impact,
                        "be changed",
                        " Is a column missing, or filled differently?"))
                .or(
                        () -> returns.refusal(
                                GuardKind.RETURNS,
                                impact.returned(),
                                impact,
                                "be active again",
                                " They were deactivated before: is the column that identifies leavers empty, or a rule missing from the mapping?"))
                .or(() -> refusal(impact.groups()));
    }

    /** Refuses more removals than a group may have. */
    Optional<Problem> refusal(List<GroupRemovals> groups) {
        int removals = groups.stream().mapToInt(GroupRemovals::removed).sum();
        List<GroupRemovals> over = groups.stream()
                // A percentage is one of the known members; a number is one of all that are listed.
                .flatMap(group -> Stream.of(group, group.listed())
                        .filter(some -> some.removed() > most(some, removals))
                        .limit(1))
                .toList();
        return over.isEmpty()
                ? Optional.empty()
                : Optional.of(groupRemovals.refusal(
                        over, most(over.get(0), removals), over.get(0).shownAmong(groups)));
    }

    private int most(GroupRemovals group, int removals) {
        return groupRemovals.limit().mostOfGroup(group.members(), removals).orElse(Integer.MAX_VALUE);
    }

    /** A truncated export is the usual cause, so the message asks about it. */
    private static String shrunken(OptionalInt known, int present) {
        return known.isPresent() && present < known.getAsInt()
                ? " This source has " + present + " people, the last had " + known.getAsInt()
                        + ": is the export complete?"
                : "";
    }
}
