package dev.bulkuserimport.report;

import java.util.Map;
import java.util.Set;

/** What kind of end it was, in the words that stand on top of the page. */
enum Verdict {
    ALL_IN("good", "✓", "All in"),
    NOTHING_TO_SEND("good", "✓", "Nothing had to be sent"),
    PARTLY_IN("warn", "!", "In, but not everybody"),
    WAITING("wait", "⏸", "Waiting for somebody to confirm"),
    OKTA_AT_WORK("wait", "…", "Okta is at work"),
    NOT_STARTED("wait", "⏸", "Loaded, not started"),
    PREVIEW("note", "◇", "Preview: nothing was sent"),
    SUPERSEDED("note", "→", "Superseded by a newer version"),
    AT_WORK("wait", "…", "At work"),
    COMES_AGAIN("wait", "↻", "Will be tried again"),
    GUARDED("bad", "■", "Stopped by a guard"),
    REFUSED("bad", "✕", "Nothing was sent"),
    BROKEN_OFF("bad", "✕", "Broken off"),
    ENDED_BY_OKTA("bad", "✕", "Okta ended a session without completing it");

    private static final Set<String> GUARDS = Set.of("deactivation-limit-exceeded", "change-limit-exceeded");
    private static final Set<String> TO_CONFIRM = Set.of("IMPORTED", "MATCHED", "UNASSIGNED");

    private final String mood;
    private final String icon;
    private final String label;

    Verdict(String mood, String icon, String label) {
        this.mood = mood;
        this.icon = icon;
        this.label = label;
    }

    /** The page's colour: {@code good}, {@code warn}, {@code wait}, {@code note} or {@code bad}. */
    String mood() {
        return mood;
    }

    String icon() {
        return icon;
    }

    String label() {
        return label;
    }

    static Verdict of(ReportView view) {
        return switch (view.state()) {
            case SUPERSEDED -> SUPERSEDED;
            case WORKING -> AT_WORK;
            case RETRY -> COMES_AGAIN;
            case FAILED -> failed(view);
            case COMPLETED -> completed(view);
        };
    }

    private static Verdict failed(ReportView view) {
        if (isGuard(view)) {
            return GUARDED;
        }
        if (endedByOkta(view)) {
            return ENDED_BY_OKTA;
        }
        return view.counts().imported() == 0 && view.notImported().stream().allMatch(Verdict::isCertain)
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
        if (waiting(view) > 0) {
            return WAITING;
        }
        if (view.counts().rejected() > 0
                || view.okta().filter(okta -> okta.notShown() > 0).isPresent()) {
            return PARTLY_IN;
        }
        if (hasSession(view, "TRIGGERED")) {
            return OKTA_AT_WORK;
        }
        return view.counts().imported() == 0 ? NOTHING_TO_SEND : ALL_IN;
    }

    static boolean isGuard(ReportView view) {
        return view.problem().filter(failure -> GUARDS.contains(failure.type())).isPresent();
    }

    /** Users whom Okta has imported but made nobody of yet. */
    static int waiting(ReportView view) {
        return view.okta()
                .map(okta -> okta.statuses().entrySet().stream()
                        .filter(status -> TO_CONFIRM.contains(status.getKey()))
                        .mapToInt(Map.Entry::getValue)
                        .sum())
                .orElse(0);
    }

    static boolean hasSession(ReportView view, String status) {
        return view.sessions().stream()
                .anyMatch(session -> session.status().filter(status::equals).isPresent());
    }

    private static boolean endedByOkta(ReportView view) {
        return hasSession(view, "ERROR") || hasSession(view, "EXPIRED");
    }

    private static boolean isCertain(ReportView.NotImported range) {
        return !range.outcome().equals("unknown");
    }
}
