package dev.bulkuserimport.report;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to do about a file that a guard has stopped. */
final class GuardAdvice {

    private static final Pattern PLAIN = Pattern.compile("s3://[\\w./ =@+,()-]+");

    private GuardAdvice() {}

    static List<String> of(ReportView view, ReportView.Guard guard) {
        if (guard == ReportView.Guard.OWN_LIMIT) {
            return List.of(
                    "Compare the file with the source system: is it cut off, is a column gone, is it another export than usual?",
                    "If it is right, raise the limit that stands in the file itself (maxDeactivations, maxChanges), or take it out,"
                            + " and put the file into the same folder again. Object metadata can't raise it.");
        }
        Optional<Integer> expected = expected(view, guard);
        return List.of(
                "Compare the file with the source system: is it cut off, is a column gone, is it another export than usual?",
                "If so, export it again, and put it into the same folder.",
                "If the " + guard.counted()
                        + " are right, put the file there again with the object metadata "
                        + guard.metadata()
                        + ", and as its value the number that you expect"
                        + expected.map(number -> " (here " + number + ")").orElse("")
                        + ". It lets this one file through.",
                "If so many are normal, whoever runs the function raises " + guard.setting() + ".");
    }

    /**
     * The command that puts a file again that a guard has stopped; empty for any other end, and where a name holds what a shell would take
     * for its own.
     */
    static Optional<String> command(ReportView view) {
        Optional<ReportView.Guard> guard = view.problem().flatMap(ReportView.Failure::guard);
        if (guard.isEmpty()
                || guard.get() == ReportView.Guard.OWN_LIMIT
                || !view.place().filter(PLAIN.asMatchPredicate()).isPresent()) {
            return Optional.empty();
        }
        String number = expected(view, guard.get()).map(String::valueOf).orElse("NUMBER");
        return view.place()
                .map(place -> "aws s3 cp '" + view.file() + "' '" + place + "' --metadata "
                        + guard.get().metadata() + "=" + number);
    }

    /** How many the guard would have to let through; empty where the report doesn't say it. */
    private static Optional<Integer> expected(ReportView view, ReportView.Guard guard) {
        ReportView.Counts counts = view.counts();
        if (guard == ReportView.Guard.GROUP_REMOVALS) {
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
