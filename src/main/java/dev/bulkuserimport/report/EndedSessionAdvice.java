package dev.bulkuserimport.report;

import java.util.ArrayList;
import java.util.List;

/** What to do about a file with a session that Okta ended without completing it. */
final class EndedSessionAdvice {

    private EndedSessionAdvice() {}

    static List<String> of(ReportView view) {
        List<String> steps = new ArrayList<>();
        steps.add(
                "Look for system.import.session in Okta's System Log, around the time of the session below: it may say why.");
        steps.add("Upload the file to the same folder again. Users who were already imported are updated with the same"
                + " values, which changes nothing.");
        if (view.sessions().size() > 1) {
            steps.add(Advice.EXECUTION);
        }
        if (view.changes().isPresent() && Verdict.hasSession(view, "EXPIRED")) {
            steps.add(
                    "The expired session's changes to the snapshot state were reverted, so the next snapshot makes the"
                            + " same changes again.");
        }
        if (view.changes().isPresent() && Verdict.hasSession(view, "ERROR")) {
            steps.add("Okta may have processed a part of the session that ended in ERROR, so the snapshot state treats"
                    + " its people as unknown: the next snapshot sends those who are in it and deactivates those who"
                    + " are not, whatever was known before.");
        }
        return List.copyOf(steps);
    }
}
