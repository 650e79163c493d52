package dev.bulkuserimport.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What to do after a dry run. */
final class PreviewAdvice {

    private PreviewAdvice() {}

    static List<String> of(ReportView view) {
        List<String> steps = new ArrayList<>();
        if (view.problem().isPresent() || view.counts().invalid() > 0) {
            steps.add("Fix what is listed below first.");
        }
        int leavers = view.changes()
                .map(changes -> changes.gone() + changes.deactivated())
                .orElse(0);
        if (leavers > 0) {
            steps.add("Check that "
                    + Words.verb(leavers, "the one person", "the " + Words.number(leavers) + " people")
                    + " who would be deactivated have really left.");
        }
        steps.add("To import it, " + forReal(view));
        return steps;
    }

    private static String forReal(ReportView view) {
        if (isByFolder(view)) {
            return "upload the same file to the folder above preview.";
        }
        String name = view.file().toLowerCase(Locale.ROOT);
        // The report doesn't contain which of the two made it a dry run.
        return name.endsWith(".json") || name.endsWith(".json.gz")
                ? "remove dryRun from the file, if it is there, and upload it there again without the object metadata"
                        + " dry-run."
                : "upload the same file there again without the object metadata dry-run.";
    }

    /** Whether the file's folder makes it a dry run, so that it stays one however it is uploaded there. */
    static boolean isByFolder(ReportView view) {
        return view.place()
                .filter(place -> place.toLowerCase(Locale.ROOT).contains("/snapshot/preview/"))
                .isPresent();
    }
}
