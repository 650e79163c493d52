package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.snapshot.SnapshotTerms.Waiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Refuses a snapshot that seems to be from a different source than the last one: with other people, without a column, without its leavers.
 */
final class Completeness {

    /** Up to this many people may all have left; of more, at least one should occur again. */
    private static final int FEW_PEOPLE = 2;

    /** A rule that matched up to this many rows may well match none the next time. */
    private static final int FEW_ROWS = 5;

    private final SnapshotTerms terms;
    private final HashKey key;
    private SourceShape now = SourceShape.NONE;

    Completeness(SnapshotTerms terms, HashKey key) {
        this.terms = terms;
        this.key = key;
    }

    void source(SourceShape read) {
        now = new SourceShape(
                read.columns(),
                read.rules().stream()
                        .map(rule -> new SourceShape.RuleUse(
                                rule.list(), rule.column(), key.proof(rule.values()), rule.rows()))
                        .toList());
    }

    /** The source's structure, with hashes in place of the rules' values. */
    SourceShape shape() {
        return now;
    }

    /**
     * Refuses a snapshot for its errors as a whole.
     *
     * @param active how many people are known to be active
     * @param occurring how many of them are in the source
     */
    Optional<Problem> refusal(int active, int occurring) {
        List<FieldError> errors = errors(active, occurring);
        return errors.isEmpty() ? Optional.empty() : Optional.of(Problem.invalidRequest(errors));
    }

    private List<FieldError> errors(int active, int occurring) {
        List<FieldError> errors = new ArrayList<>();
        if (active > FEW_PEOPLE && occurring == 0 && !terms.waives(Waiver.PEOPLE)) {
            errors.add(new FieldError(
                    "users",
                    "contains none of the " + active
                            + " people who are known to be active: is it another company's file,"
                            + " or has the external ID column changed?" + advice(Waiver.PEOPLE)));
        }
        terms.last().ifPresent(last -> {
            if (!terms.waives(Waiver.COLUMNS)) {
                columns(last, errors);
            }
            if (!terms.waives(Waiver.RULES)) {
                rules(last, errors);
            }
        });
        return errors;
    }

    private void columns(SourceShape last, List<FieldError> errors) {
        if (now.columns().isEmpty()) {
            return;
        }
        List<String> gone = new ArrayList<>(last.columns());
        gone.removeAll(now.columns());
        for (String name : gone) {
            errors.add(new FieldError(
                    name,
                    "is a column that the last snapshot had and this one doesn't; Okta still has its values."
                            + advice(Waiver.COLUMNS)));
        }
    }

    private void rules(SourceShape last, List<FieldError> errors) {
        for (SourceShape.RuleUse rule : last.rules()) {
            if (rule.rows() > FEW_ROWS && !isUsed(rule, last)) {
                errors.add(new FieldError(
                        "mapping." + rule.list(),
                        "matched " + rule.rows() + " rows of the last snapshot using the column " + rule.column()
                                + ", and matches none of this one: is the column empty, renamed or translated, or was the"
                                + " rule removed from the mapping?" + advice(Waiver.RULES)));
            }
        }
    }

    /** A rewritten rule counts as used if a new one for the same column, in the same list, has replaced it. */
    private boolean isUsed(SourceShape.RuleUse rule, SourceShape last) {
        boolean still = now.rules().stream().anyMatch(other -> isSame(rule, other));
        return now.rules().stream()
                .filter(other -> other.rows() > 0)
                .anyMatch(other -> still ? isSame(rule, other) : replaces(rule, other, last));
    }

    private static boolean replaces(SourceShape.RuleUse rule, SourceShape.RuleUse other, SourceShape last) {
        return other.list().equals(rule.list())
                && other.column().equals(rule.column())
                && last.rules().stream().noneMatch(known -> isSame(known, other));
    }

    private static boolean isSame(SourceShape.RuleUse one, SourceShape.RuleUse other) {
        return one.list().equals(other.list())
                && one.column().equals(other.column())
                && one.values().equals(other.values());
    }

    private static String advice(Waiver waiver) {
        return " If this is intended, upload the file again with the metadata " + waiver.metadata() + ": "
                + Waiver.INTENDED;
    }
}
