package dev.bulkuserimport.report;

import dev.bulkuserimport.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What to do next for a given result: complete sentences, in order. */
final class Advice {

    private static final String AGAIN = "Then upload the whole file to the same folder again.";
    static final String EXECUTION =
            "Or ask the function's operator to start this file's execution in AWS Step Functions again, with the same"
                    + " input: it continues with the session that failed, and sends no one twice.";

    private static final String PLANNED_AGAIN =
            "Or, instead of uploading it, ask the function's operator to start this file's execution in AWS Step Functions"
                    + " again, with the same input: the file is read and checked again.";

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
            case ALL_IN -> add("Nothing. You can delete the file, or leave it to the bucket's lifecycle rules.");
            case NOTHING_TO_SEND ->
                add("Nothing. If you expected changes, check that the export is the right one and from today.");
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
                        "Nothing for now: Okta processes one session after the other, and does not say how long it takes.",
                        "To see the progress, open the application's Import tab in the Okta Admin Console.");
            case NOT_STARTED ->
                add("Start the session's import: the card or action Trigger Import Session, or startImport here."
                        + " Okta discards a session that isn't used for 24 hours.");
            case PREVIEW -> steps.addAll(PreviewAdvice.of(view));
            case SUPERSEDED, OVERTAKEN -> add("Nothing. The newer file has its own report, which counts instead.");
            case OUTDATED ->
                add(
                        "Check that the file is still right, line by line if need be: a newer one may have changed the same people.",
                        "If it is, upload it to the bucket again.");
            case AT_WORK -> add("Nothing for now. Load this page again later.");
            case COMES_AGAIN -> comesAgain();
            case ENDED_BY_OKTA -> steps.addAll(EndedSessionAdvice.of(view));
            case GUARDED, REFUSED, BROKEN_OFF -> failed();
        }
    }

    private void decide() {
        ReportView.Decision decision = view.decision().orElseThrow();
        add(
                "Compare the file with the source system: is it truncated, is a column empty or missing, is it a"
                        + " different export than usual?"
                        + (decision.changes().isPresent()
                                ? " The list of changes (link below) includes everyone concerned."
                                : ""),
                "If it is right, approve it: exactly this plan is sent, and nothing else.",
                "If it is not, reject it, fix the export, and upload the file to the same folder again.",
                "If no one decides until "
                        + Words.moment(decision.review().until())
                        + ", or a newer snapshot arrives, it ends and nothing is sent.");
    }

    private void partlyIn() {
        if (view.counts().rejected() > 0) {
            add(
                    view.links().rejectedRows().isPresent()
                            ? "Open the file of rejected rows (link below) and fix them. The column rejectedBecause says"
                                    + " what is wrong with each; you can leave that column in."
                            : "Fix the users listed below in the source, and export them again.");
            if (view.links().rejectedRows().isPresent()) {
                add(
                        "Upload that file to the folder that this import came from. It contains only those rows, so no one is sent twice.");
            }
            leftOut();
        }
        groupsToFix();
        notShown();
    }

    private void groupsToFix() {
        if (view.counts().beside().rejected() > 0) {
            add("Fix the groups and memberships listed below in the source, and import them again.");
        }
    }

    private void leftOut() {
        if (view.rowsLeftOut() > 0) {
            add(Words.count(view.rowsLeftOut(), "rejected row")
                    + Words.verb(view.rowsLeftOut(), " is", " are")
                    + " not in that file. Fix "
                    + Words.verb(view.rowsLeftOut(), "it", "them")
                    + " in the source; the notes on how the file was read, below, say why.");
        }
    }

    private void leavers() {
        int there = Verdict.stillThere(view);
        if (there > 0) {
            add("Check the application's users in the Okta Admin Console: "
                    + Words.users(there) + Words.verb(there, " was", " were")
                    + " to be deactivated, and Okta shows "
                    + Words.verb(there, "that user", "them")
                    + " in another status (below). "
                    + Words.verb(there, "That person", "They")
                    + " may still have access; deactivate "
                    + Words.verb(there, "the user", "them")
                    + " there manually if so.");
        }
        if (!Verdict.isDeactivation(view)) {
            notShown();
            if (view.counts().invalid() > 0) {
                partlyIn();
            }
            return;
        }
        if (Verdict.notShown(view) > 0) {
            add("Check the external IDs that Okta does not show (listed below): either the user was deleted, or Okta"
                    + " never had that ID. Okta ignores the deactivation of an unknown ID, so that person would"
                    + " keep their access.");
        }
        if (view.counts().rejected() > 0) {
            add("Fix the external IDs listed below and import them again: these people were not deactivated.");
        }
        groupsToFix();
    }

    private void waiting() {
        add(
                "Ask an Okta admin to open the application's Import tab in the Okta Admin Console, select the users"
                        + " waiting there and confirm their assignments.",
                "Don't upload the file again for them: Okta already has these users.",
                "If new users should be confirmed automatically from now on, an Okta admin can set that in the"
                        + " application under Provisioning, To Okta.");
        if (view.counts().invalid() > 0) {
            partlyIn();
        } else {
            notShown();
        }
    }

    private void notShown() {
        if (Verdict.notShown(view) > 0) {
            add(
                    "Look up the users who were not found in Okta (listed below) in Okta's System Log, under"
                            + " system.import. Often the application refused them: another person has that login, or a"
                            + " required property is missing.",
                    "Fix them in the source and import them again.");
        }
    }

    private void comesAgain() {
        add("Nothing for now: the import is retried automatically, and this page will then show the result.");
        boolean waits = view.problem().flatMap(Advice::type).equals(Optional.of(ProblemType.SESSION_CONFLICT));
        add("If this page still says the same in " + (waits ? "a day" : "an hour")
                + ", contact the function's operator; its log and its dead-letter queue have the details.");
        view.problem().flatMap(Advice::type).ifPresent(type -> {
            switch (type) {
                case OKTA_UNAVAILABLE -> add("Check status.okta.com for an incident.");
                case SESSION_CONFLICT ->
                    add("Another import of the same application goes first: files wait for each other, for up to a"
                            + " day. You don't need to upload the file again.");
                case SECRET_UNAVAILABLE, STORAGE_UNAVAILABLE ->
                    add("Check the AWS Health Dashboard for an incident, and the function's permissions.");
                default -> {}
            }
        });
    }

    private void failed() {
        Optional<StoppingGuard> guard = view.problem().flatMap(ReportView.Failure::guard);
        Optional<ProblemType> type = view.problem().flatMap(Advice::type);
        if (guard.isPresent()) {
            steps.addAll(GuardAdvice.of(view, guard.get()));
        } else if (type.isPresent()) {
            forProblem(type.get());
        } else {
            add("Follow the explanation below. " + AGAIN);
        }
        if (view.resumable() && !view.counts().isAnythingIn()) {
            add(PLANNED_AGAIN);
        }
        if (view.counts().isAnythingIn()
                && view.problem().filter(ReportView.Failure::sessionCancelled).isEmpty()) {
            if (view.sessions().size() > 1) {
                add(EXECUTION);
            } else {
                add(
                        view.counts().imported() > 0
                                ? "Users that Okta has already accepted can be sent again: they are updated with the same values."
                                : "What Okta has already accepted can be sent again, which changes nothing.");
            }
        }
        if (view.notImported().stream().anyMatch(range -> range.outcome().equals("unknown"))
                && view.problem().filter(ReportView.Failure::sessionCancelled).isEmpty()) {
            add("It is not known whether Okta accepted the users marked unknown below. Sending them again is safe.");
        }
    }

    private void forProblem(ProblemType type) {
        switch (type) {
            case MALFORMED_PAYLOAD ->
                add(
                        "Fix the file at the position given below, or export it again. From a spreadsheet, save it as “CSV UTF-8”.",
                        AGAIN);
            case INVALID_REQUEST ->
                add("Fix what is named below: a column's name, the folder, the file's metadata or its mapping.", AGAIN);
            case INVALID_USERS ->
                add(
                        "Fix the " + (view.counts().beside().rejected() == 0 ? "users" : "records")
                                + " listed below in the source system, or in the file itself.",
                        "Then upload the whole file to the same folder again: its valid users were not imported either,"
                                + " so the rejected rows alone are not enough.",
                        "If valid users should not wait for the others, the function's operator can set IMPORT_INVALID_USERS=skip.");
            case SESSION_LIMIT_EXCEEDED ->
                add(
                        "Import the file through the deployment's state machine: it supports up to 1,000,000 users, in as"
                                + " many sessions as needed.",
                        "Without it, split the file into parts of at most 10,000 users.");
            case APPLICATION_NOT_FOUND ->
                add(
                        "Check the application's ID in the folder, the metadata or the file: it begins with 0oa and is"
                                + " part of the URL of the application's page in the Okta Admin Console.",
                        AGAIN);
            case SESSION_NOT_FOUND ->
                add("Create an import session and name it, or omit it: then the function creates its own. " + AGAIN);
            case SESSION_NOT_ACTIVE ->
                add(
                        "The specified session accepts no more users. Create another one, or omit it: then the function creates its own. "
                                + AGAIN);
            case SESSION_CONFLICT ->
                add(
                        "Another import session of this application is in the way. Let it finish, or cancel it if it isn't used.",
                        AGAIN);
            case OKTA_UNAUTHORIZED ->
                add(
                        "Ask the function's operator to check its Okta token or key and its scopes, as explained below;"
                                + " the check operation shows which one is missing.",
                        AGAIN);
            case OKTA_REJECTED ->
                add(
                        "Read Okta's reason below and fix its cause. Okta Support can find the request by the error ID.",
                        AGAIN);
            case OKTA_UNAVAILABLE ->
                add(
                        "Check status.okta.com for an incident. When it is resolved, upload the file to the same folder again.");
            case SECRET_UNAVAILABLE ->
                add("Ask the function's operator to check that it may read the secret named below.", AGAIN);
            case STORAGE_UNAVAILABLE ->
                add("Ask the function's operator to check that it may read and write the bucket named below.", AGAIN);
            case INTERNAL_ERROR ->
                add(
                        "This is an error in the function or its environment, not in your file. Give its operator the ID"
                                + " below; the log has the details.",
                        "When it is fixed, upload the whole file to the same folder again.");
            default -> add("Follow the explanation below. " + AGAIN);
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
