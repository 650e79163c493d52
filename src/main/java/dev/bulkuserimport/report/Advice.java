package dev.bulkuserimport.report;

import dev.bulkuserimport.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What to do next, for this very outcome: whole sentences, in the order in which to do it. */
final class Advice {

    private static final String AGAIN = "Then put the whole file into the same folder again.";
    private static final String EXECUTION =
            "Or let whoever runs the function start this file's execution in AWS Step Functions once more, with the same input: it goes"
                    + " on with the session that failed, and sends nobody twice.";

    private final ReportView view;
    private final List<String> steps = new ArrayList<>();

    private Advice(ReportView view) {
        this.view = view;
    }

    static List<String> of(ReportView view, Verdict verdict) {
        Advice advice = new Advice(view);
        advice.forVerdict(verdict);
        return List.copyOf(advice.steps);
    }

    private void forVerdict(Verdict verdict) {
        switch (verdict) {
            case ALL_IN -> add("Nothing. You can delete the file, or leave it to the bucket's own rules.");
            case NOTHING_TO_SEND ->
                add(
                        "Nothing. If you did expect changes, check that the export is today's, and that it is the right one.");
            case PARTLY_IN -> partlyIn();
            case LOOK_CLOSER -> leavers();
            case WAITING -> waiting();
            case TO_DECIDE -> decide();
            case UNCONFIRMED ->
                add(
                        "Open the application's Import tab in the Okta Admin Console: it shows whether Okta has finished the import.",
                        "Sending the same file again does no harm.");
            case OKTA_AT_WORK ->
                add(
                        "Nothing for now: Okta works on one session after the other, and does not say how long it takes.",
                        "To see how far it is, open the application's Import tab in the Okta Admin Console.");
            case NOT_STARTED ->
                add("Start the session's import: the card or action Trigger Import Session, or startImport here."
                        + " Okta drops a session that nobody touches for 24 hours.");
            case PREVIEW -> preview();
            case SUPERSEDED -> add("Nothing. What is newer has a report of its own, and that one counts.");
            case OUTDATED ->
                add(
                        "Check that the file is still right, line by line if need be: a newer one may have changed the same people.",
                        "If it is, put it into the bucket again.");
            case AT_WORK -> add("Nothing for now. Load this page again later.");
            case COMES_AGAIN -> comesAgain();
            case ENDED_BY_OKTA -> endedByOkta();
            case GUARDED, REFUSED, BROKEN_OFF -> failed();
        }
    }

    private void decide() {
        ReportView.Decision decision = view.decision().orElseThrow();
        add(
                "Compare the file with the source system: is it cut off, is a column empty or missing, is it a different export than usual?"
                        + (decision.changes().isPresent()
                                ? " The list of changes (link below) has everyone concerned."
                                : ""),
                "If it is right, approve it: exactly this plan goes, and nothing else.",
                "If it is not, reject it, fix the export, and put the file into the same folder again.",
                "If no one decides until "
                        + Words.moment(decision.review().until())
                        + ", or a newer snapshot comes, it ends and nothing is sent.");
    }

    private void partlyIn() {
        if (view.counts().rejected() > 0) {
            add(
                    view.links().rejectedRows().isPresent()
                            ? "Open the file of the rejected rows (link below) and mend them. Its column rejectedBecause says what is wrong with each; you can leave that column in."
                            : "Mend the users listed below in the source, and export them again.");
            if (view.links().rejectedRows().isPresent()) {
                add(
                        "Put that file into the folder that this import came from. Only those rows are in it, so nobody is sent twice.");
            }
            leftOut();
        }
        notShown();
    }

    private void leftOut() {
        if (view.rowsLeftOut() > 0) {
            add(Words.count(view.rowsLeftOut(), "rejected row")
                    + Words.verb(view.rowsLeftOut(), " is", " are")
                    + " not in that file. Mend "
                    + Words.verb(view.rowsLeftOut(), "it", "them")
                    + " in the source; how the file was read, below, says why.");
        }
    }

    private void leavers() {
        int there = Verdict.stillThere(view);
        if (there > 0) {
            add("Look at the application's users in the Okta Admin Console: "
                    + Words.users(there) + Words.verb(there, " was", " were")
                    + " to be deactivated, and Okta shows "
                    + Words.verb(there, "that user", "them")
                    + " in another status (below). "
                    + Words.verb(there, "That person", "They")
                    + " may have access still; deactivate "
                    + Words.verb(there, "the user", "them")
                    + " there by hand if so.");
        }
        if (!Verdict.isDeactivation(view)) {
            notShown();
            if (view.counts().rejected() > 0) {
                partlyIn();
            }
            return;
        }
        if (Verdict.notShown(view) > 0) {
            add(
                    "Check the external IDs that Okta does not show (listed below): either the user was deleted, or Okta never knew"
                            + " that ID. Okta ignores a deactivation of an ID that it does not know, so that person's access would stay.");
        }
        if (view.counts().rejected() > 0) {
            add("Mend the external IDs listed below and import them again: these people were not deactivated.");
        }
    }

    private void waiting() {
        add(
                "An Okta admin opens the application in the Okta Admin Console, then its Import tab, ticks the users who wait there and"
                        + " confirms their assignments.",
                "Don't put the file in again for them: Okta has these users already.",
                "If new users should be confirmed by themselves from now on, an Okta admin sets that in the application under"
                        + " Provisioning, To Okta.");
        if (view.counts().rejected() > 0) {
            partlyIn();
        } else {
            notShown();
        }
    }

    private void notShown() {
        if (Verdict.notShown(view) > 0) {
            add(
                    "Look up the users whom Okta does not show (listed below) in Okta's System Log, under system.import."
                            + " Often the application refused them: another person has that login, or a required property is missing.",
                    "Mend them in the source and import them again.");
        }
    }

    private void preview() {
        if (view.problem().isPresent() || view.counts().rejected() > 0) {
            add("Mend what is listed below first.");
        }
        view.changes()
                .filter(changes -> changes.gone() > 0)
                .ifPresent(changes -> add("Check that "
                        + Words.verb(
                                changes.gone(), "the one person", "the " + Words.number(changes.gone()) + " people")
                        + " who would be deactivated really left."));
        boolean byFolder =
                view.place().filter(place -> place.contains("/preview/")).isPresent();
        add(
                byFolder
                        ? "To import it, put the same file into the folder above preview."
                        : "To import it, put the same file there again without the object metadata dry-run.");
    }

    private void comesAgain() {
        add("Nothing for now: the import is tried again by itself, and then this page says how that went.");
        add(
                "If this page still says the same in an hour, tell whoever runs the import function; its log and its dead-letter queue say more.");
        view.problem().flatMap(Advice::type).ifPresent(type -> {
            switch (type) {
                case OKTA_UNAVAILABLE -> add("Whether Okta has trouble stands on status.okta.com.");
                case SESSION_CONFLICT ->
                    add(
                            "Another import of the same application goes first: files wait for each other, for up to a day. Nobody needs to"
                                    + " put the file in again.");
                case SECRET_UNAVAILABLE, STORAGE_UNAVAILABLE ->
                    add(
                            "Whether AWS has trouble stands on its Health Dashboard; else check the function's permissions.");
                default -> {}
            }
        });
    }

    private void endedByOkta() {
        add(
                "Look in Okta's System Log for system.import.session, around the time of the session below: it may say why.");
        add(
                "Put the file into the same folder again. Users who are in already are updated with what they have, which changes nothing.");
        if (view.sessions().size() > 1) {
            add(EXECUTION);
        }
        if (view.changes().isPresent()) {
            add(
                    "The snapshot's state has taken that session's part back, so the next snapshot sends these people again.");
        }
    }

    private void failed() {
        Optional<ReportView.Guard> guard = view.problem().flatMap(ReportView.Failure::guard);
        Optional<ProblemType> type = view.problem().flatMap(Advice::type);
        if (guard.isPresent()) {
            steps.addAll(GuardAdvice.of(view, guard.get()));
        } else if (type.isPresent()) {
            forProblem(type.get());
        } else {
            add("Do what the explanation below says. " + AGAIN);
        }
        if (view.counts().imported() > 0
                && view.problem().filter(ReportView.Failure::sessionCancelled).isEmpty()) {
            if (view.sessions().size() > 1) {
                add(EXECUTION);
            } else {
                add("The users that Okta took already can be sent again: they are updated with what they have.");
            }
        }
        if (view.notImported().stream().anyMatch(range -> range.outcome().equals("unknown"))
                && view.problem().filter(ReportView.Failure::sessionCancelled).isEmpty()) {
            add("Nobody knows of the users marked unknown below whether Okta took them. To send them again is safe.");
        }
    }

    private void forProblem(ProblemType type) {
        switch (type) {
            case MALFORMED_PAYLOAD ->
                add(
                        "Mend the file at the place named below, or export it again. From a spreadsheet, save it as “CSV UTF-8”.",
                        AGAIN);
            case INVALID_REQUEST ->
                add(
                        "Change what is named below: a column's name, the folder, the file's metadata or its mapping.",
                        AGAIN);
            case INVALID_USERS ->
                add(
                        "Mend the users listed below in the source system, or in the file itself.",
                        "Then put the whole file into the same folder again: its valid users were not imported either, so the rejected rows alone are not enough.",
                        "If valid users should not wait for the others, whoever runs the function sets IMPORT_INVALID_USERS=skip.");
            case SESSION_LIMIT_EXCEEDED ->
                add(
                        "Let the file go through the state machine of the deployment: it takes up to 1,000,000 users, in as many sessions as they need.",
                        "Without it, split the file into parts of 10,000 users at most.");
            case DEACTIVATION_LIMIT_EXCEEDED -> steps.addAll(GuardAdvice.of(view, ReportView.Guard.DEACTIVATIONS));
            case APPLICATION_NOT_FOUND ->
                add(
                        "Check the application's ID in the folder, the metadata or the file: it begins with 0oa and stands in the address of the application's page in the Okta Admin Console.",
                        AGAIN);
            case SESSION_NOT_FOUND ->
                add("Create an import session and name it, or name none: then the function makes its own. " + AGAIN);
            case SESSION_NOT_ACTIVE ->
                add(
                        "The session that was named takes no more users. Create another one, or name none: then the function makes its own. "
                                + AGAIN);
            case SESSION_CONFLICT ->
                add(
                        "Another import session of this application is in the way. Let it finish, or cancel it if nobody works with it.",
                        AGAIN);
            case OKTA_UNAUTHORIZED ->
                add(
                        "Whoever runs the function checks its Okta token or key and its scopes, as the explanation below says; the check operation tells which one is missing.",
                        AGAIN);
            case OKTA_REJECTED ->
                add(
                        "Read Okta's reason below and mend what it names. With the error ID Okta's support can find the request.",
                        AGAIN);
            case OKTA_UNAVAILABLE ->
                add(
                        "See on status.okta.com whether Okta has trouble. When that is over, put the file into the same folder again.");
            case SECRET_UNAVAILABLE ->
                add("Whoever runs the function checks that it may read the secret that is named below.", AGAIN);
            case STORAGE_UNAVAILABLE ->
                add(
                        "Whoever runs the function checks that it may read and write the bucket that is named below.",
                        AGAIN);
            case INTERNAL_ERROR ->
                add(
                        "This is a fault of the function or of where it runs, not of your file. Give whoever runs it the ID that stands below; the log says more.",
                        "When they have mended it, put the whole file into the same folder again.");
            default -> add("Do what the explanation below says. " + AGAIN);
        }
    }

    private static Optional<ProblemType> type(ReportView.Failure failure) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.slug().equals(failure.type()))
                .findFirst();
    }

    private void add(String... sentences) {
        steps.addAll(List.of(sentences));
    }
}
