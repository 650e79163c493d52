package dev.bulkuserimport.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A one-sentence summary. It claims no more than Okta confirmed: a user in a session is not yet a user in the directory. */
final class Summary {

    private final ReportView view;
    private final ReportView.Counts counts;

    private Summary(ReportView view) {
        this.view = view;
        this.counts = view.counts();
    }

    static String of(ReportView view, Verdict verdict) {
        return new Summary(view).sentence(verdict);
    }

    private String sentence(Verdict verdict) {
        return switch (verdict) {
            case ALL_IN -> allIn();
            case NOTHING_TO_SEND -> "Nothing had to be sent: " + nothingNew() + ".";
            case PARTLY_IN, LOOK_CLOSER -> partlyIn();
            case WAITING ->
                "Okta has accepted " + accepted() + ", and " + waiting() + " until an Okta admin confirms "
                        + Words.verb(Verdict.waiting(view), "that user.", "them.");
            case TO_DECIDE -> PageDecision.sentence(view.decision().orElseThrow(), view.changes());
            case UNCONFIRMED ->
                "Okta accepted " + accepted()
                        + ", but whether it finished the import could not be determined: the status of these users is unknown.";
            case OKTA_AT_WORK -> "Okta accepted " + accepted() + " and is still processing them.";
            case NOT_STARTED ->
                "Okta accepted " + accepted() + " into the session, whose import has not been started yet.";
            case PREVIEW -> "This was a preview: the file was checked and compared, and nothing was sent to Okta.";
            case SUPERSEDED -> "A newer version replaced this one before its import began, so it was not imported.";
            case OVERTAKEN ->
                counts.isAnythingIn()
                        ? "A newer snapshot was imported while this one was interrupted. From this one, Okta accepted "
                                + accepted() + "; the rest was not sent."
                        : "A newer snapshot of the application arrived before this file was imported, so it was not"
                                + " imported.";
            case OUTDATED ->
                "This file was uploaded more than a day before it could be read, and a newer file of the application has"
                        + " been imported since. Nothing from it was sent.";
            case AT_WORK -> "The import is in progress; this page shows the state after its last step.";
            case COMES_AGAIN -> "This attempt ended" + soFar() + "; it will be retried automatically.";
            case GUARDED -> "Nothing was sent, because more would have changed than the guard allows.";
            case REFUSED -> refused();
            case BROKEN_OFF -> "The import was interrupted" + soFar() + ".";
            case ENDED_BY_OKTA ->
                "Okta ended " + ended()
                        + " without completing it, so it is not certain which of its users are in the directory.";
        };
    }

    private String allIn() {
        String finished = Verdict.hasSession(view, "COMPLETED") ? " and finished the import" : "";
        boolean list = counts.deactivated() > 0 && counts.deactivated() < counts.imported();
        return "Okta accepted " + accepted() + (list && !finished.isEmpty() ? "," : "") + finished + ".";
    }

    private String partlyIn() {
        StringBuilder sentence = new StringBuilder("Okta accepted ").append(accepted());
        if (counts.invalid() > 0) {
            sentence.append("; ")
                    .append(counts.invalidInWords())
                    .append(Words.verb(counts.invalid(), " was", " were"))
                    .append(" left out, because there are errors in ")
                    .append(Words.verb(counts.invalid(), "it", "them"));
        }
        int there = Verdict.stillThere(view);
        if (there > 0) {
            sentence.append("; Okta still shows ").append(Words.users(there)).append(" as not deactivated");
        }
        int missing = Verdict.notShown(view);
        if (missing > 0) {
            sentence.append("; Okta does not list ").append(Words.users(missing));
        }
        return sentence.append('.').toString();
    }

    private String refused() {
        if (counts.invalid() > 0 && isType("invalid-users")) {
            return "No one was imported: "
                    + counts.invalidInWords()
                    + (counts.beside().rejected() == 0 ? " of " + Words.number(counts.records()) : "")
                    + Words.verb(counts.invalid(), " has", " have")
                    + " errors, and the valid ones were not sent either.";
        }
        return "No one was imported: "
                + view.problem()
                        .map(ReportView.Failure::title)
                        .map(Summary::lowered)
                        .orElse("the import failed")
                + ".";
    }

    private String accepted() {
        String users = acceptedUsers();
        return counts.beside()
                .accepted()
                .map(groups -> counts.imported() == 0 ? groups : users + ", " + groups)
                .orElse(users);
    }

    private String acceptedUsers() {
        int imported = counts.imported();
        boolean onlyDeactivations = counts.deactivated() == imported && imported > 0;
        boolean everybody = view.changes().isEmpty()
                && imported == counts.records() - counts.rejected() - counts.skipped()
                && counts.rejected() + counts.skipped() == 0;
        if (onlyDeactivations) {
            return "the deactivation of " + (everybody ? Words.all(imported) : Words.users(imported));
        }
        String users = everybody ? Words.all(imported) : Words.users(imported);
        return counts.deactivated() > 0
                ? users + ", " + Words.count(counts.deactivated(), "deactivation") + " among them"
                : users;
    }

    private String waiting() {
        int waiting = Verdict.waiting(view);
        boolean partly = view.okta().flatMap(ReportView.Okta::partial).isPresent();
        return (partly ? "at least " : "") + Words.users(waiting) + Words.verb(waiting, " waits", " wait");
    }

    private String soFar() {
        if (view.problem().filter(ReportView.Failure::sessionCancelled).isPresent()) {
            return "; the session was cancelled, so nothing from it reached Okta's directory";
        }
        if (!counts.isAnythingIn()) {
            return " before Okta accepted anyone";
        }
        List<String> ones = new ArrayList<>(counts.beside().acceptedOnes());
        if (counts.imported() > 0) {
            ones.add(0, Words.number(counts.imported()) + " of " + Words.users(counts.records()));
        }
        return " after Okta had accepted " + Words.list(ones);
    }

    private String nothingNew() {
        int leavers = view.changes()
                .map(changes -> changes.gone() + changes.deactivated())
                .orElse(0);
        if (leavers > 0) {
            // Their session was cancelled: it had nothing to do.
            return "no one is new or changed since the last snapshot, and Okta does not know "
                    + Words.verb(leavers, "the person", "the " + Words.number(leavers) + " people")
                    + " to be deactivated";
        }
        return view.changes().isPresent()
                ? "no one is new, changed or gone since the last snapshot"
                : "there was no one to send";
    }

    private String ended() {
        String numbers = view.sessions().stream()
                .filter(FileSession::wasEndedByOkta)
                .map(session -> String.valueOf(session.number()))
                .collect(Collectors.joining(", "));
        return view.sessions().size() == 1 ? "the session" : "session " + numbers;
    }

    private boolean isType(String type) {
        return view.problem().filter(failure -> failure.type().equals(type)).isPresent();
    }

    /** A title in the middle of a sentence, where it is not a name. */
    private static String lowered(String title) {
        return title.startsWith("Okta") || title.startsWith("S3")
                ? title
                : Character.toLowerCase(title.charAt(0)) + title.substring(1);
    }
}
