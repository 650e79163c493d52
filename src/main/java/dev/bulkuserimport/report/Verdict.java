package dev.bulkuserimport.report;

import java.util.Optional;
import java.util.Set;

/** The kind of result, as shown at the top of the page. */
enum Verdict {
    ALL_IN("good", Icon.CHECK, "All imported"),
    NOTHING_TO_SEND("good", Icon.CHECK, "Nothing to send"),
    PARTLY_IN("warn", Icon.EXCLAMATION, "Imported, but not everyone"),
    LOOK_CLOSER("warn", Icon.EXCLAMATION, "Done, but some users need attention"),
    UNCONFIRMED("warn", Icon.EXCLAMATION, "Sent, but Okta did not confirm it"),
    WAITING("wait", Icon.PAUSE, "Waiting for confirmation"),
    TO_DECIDE("wait", Icon.PAUSE, "Waiting for your decision"),
    OKTA_AT_WORK("wait", Icon.DOTS, "Okta is processing the import"),
    NOT_STARTED("wait", Icon.PAUSE, "Loaded, not started"),
    PREVIEW("note", Icon.DIAMOND, "Preview: nothing was sent"),
    SUPERSEDED("note", Icon.ARROW, "Superseded by a newer version"),
    OVERTAKEN("note", Icon.ARROW, "Superseded by a newer snapshot"),
    OUTDATED("warn", Icon.EXCLAMATION, "Not imported: a newer file was imported"),
    AT_WORK("wait", Icon.DOTS, "In progress"),
    COMES_AGAIN("wait", Icon.LOOP, "Will be retried"),
    GUARDED("bad", Icon.SQUARE, "Stopped by a guard"),
    REFUSED("bad", Icon.CROSS, "Nothing was sent"),
    BROKEN_OFF("bad", Icon.CROSS, "Interrupted"),
    ENDED_BY_OKTA("bad", Icon.CROSS, "Okta ended a session without completing it");

    static final Set<String> TO_CONFIRM = Set.of("IMPORTED", "MATCHED", "UNASSIGNED");

    private final String mood;
    private final Icon icon;
    private final String label;

    Verdict(String mood, Icon icon, String label) {
        this.mood = mood;
        this.icon = icon;
        this.label = label;
    }

    /** The page's color class: {@code good}, {@code warn}, {@code wait}, {@code note} or {@code bad}. */
    String mood() {
        return mood;
    }

    /** The path of a 24 by 24 icon; a character might be missing from the font. */
    String icon() {
        return icon.path;
    }

    String label() {
        return label;
    }

    static Verdict of(ReportView view) {
        return switch (view.state()) {
            case SUPERSEDED -> SUPERSEDED;
            case OVERTAKEN -> OVERTAKEN;
            case OUTDATED -> OUTDATED;
            case WORKING -> view.problem().isPresent() ? COMES_AGAIN : AT_WORK;
            case RETRY -> COMES_AGAIN;
            case WAITING -> TO_DECIDE;
            case FAILED -> failed(view);
            case UNCONFIRMED -> UNCONFIRMED;
            case COMPLETED -> completed(view);
        };
    }

    private static Verdict failed(ReportView view) {
        // Before the guard, which may stop only another attempt: that nothing was sent would be wrong then.
        if (endedByOkta(view)) {
            return ENDED_BY_OKTA;
        }
        if (isGuard(view)) {
            return GUARDED;
        }
        return !view.counts().isAnythingIn() && view.notImported().stream().allMatch(Verdict::isCertain)
                ? REFUSED
                : BROKEN_OFF;
    }

    private static Verdict completed(ReportView view) {
        if (view.problem().isPresent()) {
            return failed(view);
        }
        if (view.dryRun()) {
            return PREVIEW;
        }
        if (endedByOkta(view)) {
            return ENDED_BY_OKTA;
        }
        if (hasSession(view, "IN_PROGRESS") || hasSession(view, "CREATED")) {
            return NOT_STARTED;
        }
        if (isDeactivation(view)) {
            if (view.counts().invalid() > 0 || stillThere(view) > 0 || notShown(view) > 0) {
                return LOOK_CLOSER;
            }
        } else if (stillThere(view) > 0) {
            return LOOK_CLOSER;
        } else if (waiting(view) > 0) {
            return WAITING;
        }
        if (view.counts().invalid() > 0 || notShown(view) > 0) {
            return PARTLY_IN;
        }
        if (hasSession(view, "TRIGGERED")) {
            return OKTA_AT_WORK;
        }
        return view.counts().isAnythingIn() ? ALL_IN : NOTHING_TO_SEND;
    }

    static boolean isGuard(ReportView view) {
        return view.problem().flatMap(ReportView.Failure::guard).isPresent();
    }

    /** Users whom Okta has imported but not confirmed yet. */
    static int waiting(ReportView view) {
        return isDeactivation(view)
                ? 0
                : view.okta().map(okta -> okta.users().in(TO_CONFIRM)).orElse(0);
    }

    static boolean isDeactivation(ReportView view) {
        return view.operation().filter("DEACTIVATE_AND_DELETE"::equals).isPresent();
    }

    /** Users who should be deactivated but have another status in Okta. */
    static int stillThere(ReportView view) {
        return view.okta()
                .flatMap(okta -> isDeactivation(view) ? Optional.of(okta.users()) : okta.deactivated())
                .map(leavers -> leavers.shown() - leavers.in(OktaStatus.GONE))
                .orElse(0);
    }

    /** Users who are certainly missing in Okta; zero if the list was only partly read. */
    static int notShown(ReportView view) {
        return view.okta()
                .filter(okta -> okta.partial().isEmpty())
                .map(okta -> okta.users().missing())
                .orElse(0);
    }

    static boolean hasSession(ReportView view, String status) {
        return view.sessions().stream()
                .anyMatch(session ->
                        session.life().status().filter(status::equals).isPresent());
    }

    private static boolean endedByOkta(ReportView view) {
        return view.sessions().stream().anyMatch(FileSession::wasEndedByOkta);
    }

    private static boolean isCertain(ReportView.NotImported range) {
        return !range.outcome().equals("unknown");
    }

    private enum Icon {
        CHECK("M5 12.5l4.5 4.5L19 7.5"),
        CROSS("M6 6l12 12M18 6L6 18"),
        EXCLAMATION("M12 4.5v9.5M12 18.5v.5"),
        PAUSE("M9 6v12M15 6v12"),
        DOTS("M6 12h.1M12 12h.1M18 12h.1"),
        DIAMOND("M12 4l8 8-8 8-8-8z"),
        ARROW("M4 12h15M13 6l6 6-6 6"),
        LOOP("M19 12a7 7 0 1 1-2.2-5.1M19 3.5v4.5h-4.5"),
        SQUARE("M7 7h10v10H7z");

        private final String path;

        Icon(String path) {
            this.path = path;
        }
    }
}
