package dev.bulkuserimport.report;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to do about a file that a guard has stopped. */
final class GuardAdvice {

    private static final Pattern PLAIN = Pattern.compile("s3://[\\w./ =@+,()-]+");

    private GuardAdvice() {}

    static List<String> of(ReportView view, StoppingGuard guard) {
        if (guard == StoppingGuard.OWN_LIMIT) {
            return List.of(
                    "Compare the file with the source system: is it truncated, is a column missing, is it a different export than usual?",
                    "If it is right, raise the limit in the file itself (maxDeactivations, maxChanges) or remove it, and"
                            + " upload the file to the same folder again. Object metadata can't raise it.");
        }
        Optional<Integer> expected = expected(view, guard);
        return List.of(
                "Compare the file with the source system: is it truncated, is a column missing, is it a different export than usual?",
                "If so, export it again, and upload it to the same folder.",
                "If the " + guard.counted()
                        + " are right, upload the file there again with the object metadata "
                        + guard.metadata()
                        + " set to the number that you expect"
                        + expected.map(number -> " (here " + number + ")").orElse("")
                        + ". It applies only to this file.",
                "If this many are normal, the function's operator can raise " + guard.setting() + ".");
    }

    /** The command for uploading a stopped file again; empty for any other result, and if a name contains special characters of a shell. */
    static Optional<String> command(ReportView view) {
        Optional<StoppingGuard> guard = view.problem().flatMap(ReportView.Failure::guard);
        if (guard.isEmpty()
                || guard.get() == StoppingGuard.OWN_LIMIT
                || !view.place().filter(PLAIN.asMatchPredicate()).isPresent()) {
            return Optional.empty();
        }
        String number = expected(view, guard.get()).map(String::valueOf).orElse("NUMBER");
        return view.place()
                .map(place -> "aws s3 cp '" + view.file() + "' '" + place + "' --metadata "
                        + guard.get().metadata() + "=" + number);
    }

    /** How many the guard would have to allow; empty if the report doesn't contain it. */
    private static Optional<Integer> expected(ReportView view, StoppingGuard guard) {
        ReportView.Counts counts = view.counts();
        if (guard == StoppingGuard.GROUP_REMOVALS) {
            // The report tells it of the first group alone.
            return Optional.empty();
        }
        return view.changes()
                .map(all -> switch (guard) {
                    case CHANGES -> all.changed();
                    case RETURNS -> all.returned();
                    default -> all.gone();
                })
                .or(() -> Verdict.isDeactivation(view)
                        ? Optional.of(counts.records() - counts.rejected() - counts.skipped())
                        : Optional.empty());
    }
}
