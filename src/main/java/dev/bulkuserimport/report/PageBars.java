package dev.bulkuserimport.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page's bars: a snapshot's changes, the result for the users to be sent, and their status in Okta. */
final class PageBars {

    private final ReportView view;
    private final Verdict verdict;

    private PageBars(ReportView view, Verdict verdict) {
        this.view = view;
        this.verdict = verdict;
    }

    static List<Map<String, Object>> of(ReportView view, Verdict verdict) {
        return new PageBars(view, verdict).model();
    }

    private List<Map<String, Object>> model() {
        List<Map<String, Object>> bars = new ArrayList<>();
        StackedBar compared = new StackedBar("Compared with the last state");
        String toDeactivate = verdict == Verdict.PREVIEW || verdict == Verdict.GUARDED || verdict == Verdict.TO_DECIDE
                ? "would be deactivated"
                : "to be deactivated";
        view.changes().ifPresent(changes -> compared.with("new", "new", changes.created())
                .with("returned", "active again", changes.returned())
                .with("changed", "changed", changes.changed())
                .with("unchanged", "unchanged, not sent", changes.unchanged())
                .with("gone", "gone, " + toDeactivate, changes.gone())
                .with("gone", "marked as leavers in the file, " + toDeactivate, changes.deactivated())
                .with("missing", "missing, not yet gone", changes.missing()));
        StackedBar sent = new StackedBar(view.changes().isPresent() ? "Users to be sent" : "The file's users");
        ReportView.Counts counts = view.counts();
        boolean cancelled =
                view.problem().filter(ReportView.Failure::sessionCancelled).isPresent();
        int refused = outcome("rejected");
        int unknown = outcome("unknown");
        int unsent = outcome("not-sent");
        int dropped = cancelled ? 0 : droppedByOkta();
        sent.with(
                        "in",
                        cancelled ? "accepted, then discarded with the session" : "accepted by Okta",
                        counts.imported() - dropped)
                .with(
                        "unknown",
                        verdict == Verdict.ENDED_BY_OKTA
                                ? "unknown: Okta ended their session"
                                : "unknown: no answer arrived",
                        unknown)
                .with("gone", "in a session that Okta did not complete", dropped)
                .with("refused", "refused by Okta", refused)
                .with("unsent", "valid, not sent", unsent + silentlyUnsent(refused + unknown + unsent))
                .with("unsent", "not sent so far", unsentSoFar())
                .with("rejected", "invalid, left out", counts.rejected())
                .with("skipped", "skipped by the mapping", counts.skipped());
        StackedBar shown = new StackedBar("Their status in Okta");
        view.okta().ifPresent(okta -> shown(shown, okta));
        for (StackedBar bar : List.of(compared, sent, shown)) {
            if (!bar.isEmpty()) {
                bars.add(bar.model());
            }
        }
        return bars;
    }

    /** The users by the meaning of their status; in a file of leavers, users who are gone are the intended result. */
    private void shown(StackedBar bar, ReportView.Okta okta) {
        OktaView.Seen users = okta.users();
        int waiting = Verdict.waiting(view);
        int gone = users.in(OktaStatus.GONE);
        boolean leavers = Verdict.isDeactivation(view);
        bar.with("in", leavers ? "still there" : "in the application", users.shown() - waiting - gone)
                .with("unknown", "waiting to be confirmed", waiting)
                .with("gone", "deactivated", gone);
        if (!bar.isEmpty()) {
            if (okta.partial().isPresent()) {
                bar.with("unsent", "not found so far", users.missing());
            } else {
                bar.with("refused", "not found", users.missing());
            }
        }
    }

    /** Valid users of a file that was refused before anything was sent; no range covers them. */
    private int silentlyUnsent(int known) {
        ReportView.Counts counts = view.counts();
        boolean nothingSent = verdict == Verdict.REFUSED || verdict == Verdict.GUARDED || verdict == Verdict.PREVIEW;
        return nothingSent && known == 0 && view.changes().isEmpty()
                ? Math.max(0, counts.records() - counts.imported() - counts.rejected() - counts.skipped())
                : 0;
    }

    /** Valid users of an import in progress. */
    private int unsentSoFar() {
        ReportView.Counts counts = view.counts();
        boolean onItsWay = verdict == Verdict.AT_WORK || verdict == Verdict.COMES_AGAIN || verdict == Verdict.TO_DECIDE;
        return onItsWay && view.changes().isEmpty() && outcome("not-sent") == 0
                ? Math.max(0, counts.records() - counts.imported() - counts.rejected() - counts.skipped())
                : 0;
    }

    /** Users of sessions that Okta ended without completing them, as far as they are counted among the imported. */
    private int droppedByOkta() {
        int dropped = view.sessions().stream()
                .filter(FileSession::wasEndedByOkta)
                .mapToInt(FileSession::users)
                .sum();
        int held = view.sessions().stream()
                .filter(session -> session.sessionId().isPresent())
                .mapToInt(FileSession::users)
                .sum();
        return Math.max(0, Math.min(dropped, view.counts().imported() - (held - dropped)));
    }

    private int outcome(String outcome) {
        return view.notImported().stream()
                .filter(range -> range.isOfUsers() && range.outcome().equals(outcome))
                .mapToInt(ReportView.NotImported::count)
                .sum();
    }
}
