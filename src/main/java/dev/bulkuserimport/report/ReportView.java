package dev.bulkuserimport.report;

import dev.bulkuserimport.snapshot.SnapshotCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a report's page shows. It has no field for a profile value, so the page can't contain one.
 *
 * @param file the source's name, without its folders
 * @param place the location of the source, for example {@code s3://bucket/key}; empty if the report doesn't contain it
 * @param state the progress of the import
 * @param operation {@code CREATE_AND_UPDATE}, {@code DEACTIVATE_AND_DELETE} or {@code SNAPSHOT}; empty if the file has not been read yet
 * @param applicationId the application's ID in Okta; empty if unknown
 * @param dryRun whether it was a dry run
 * @param mapping the key of the mapping that was found for it; empty if there is none
 * @param startedAt when the first attempt began
 * @param finishedAt when it ended; empty while it is in progress
 * @param attempts how many, including the last one
 * @param counts numbers of records
 * @param changes a snapshot's comparison with the state; empty for other files
 * @param sessions all sessions in order, including those not started
 * @param problem why it failed; empty if it didn't
 * @param errorKinds kinds of errors, most frequent first
 * @param rejected the first 1,000 or 10,000 errors, in file order
 * @param notImported valid records that Okta may not have accepted
 * @param okta their status in Okta; empty if it was not requested
 * @param notes sentences about how the file was read: columns that were not checked or not sent, cells that were trimmed
 * @param links the files next to the page
 * @param rowsLeftOut rejected records that didn't fit in the file of rejected rows
 * @param decision the decision that a stopped file waits for; empty for other files
 * @param resumable whether it goes on when its execution is started again
 */
public record ReportView(
        String file,
        Optional<String> place,
        State state,
        Optional<String> operation,
        Optional<String> applicationId,
        boolean dryRun,
        Optional<String> mapping,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        int attempts,
        Counts counts,
        Optional<SnapshotCounts> changes,
        List<FileSession> sessions,
        Optional<Failure> problem,
        List<ErrorKind> errorKinds,
        List<Rejected> rejected,
        List<NotImported> notImported,
        Optional<Okta> okta,
        List<String> notes,
        Links links,
        int rowsLeftOut,
        Optional<Decision> decision,
        boolean resumable) {

    /** The most external IDs of each kind that a page lists. */
    static final int LISTED_PEOPLE = 100;

    public ReportView {
        sessions = List.copyOf(sessions);
        errorKinds = List.copyOf(errorKinds);
        rejected = List.copyOf(rejected);
        notImported = List.copyOf(notImported);
        notes = List.copyOf(notes);
    }

    /**
     * A decision about a file that a guard has stopped.
     *
     * @param importId the import's ID, needed for a decision
     * @param review what would happen, and the decision
     * @param users the number of people who would be sent
     * @param deactivations how many of them would be deactivated
     * @param joined memberships of groups that would be added
     * @param left memberships of groups that would be removed
     * @param changes the link to the list of everyone concerned; empty if there is none
     */
    public record Decision(
            String importId,
            Review review,
            int users,
            int deactivations,
            int joined,
            int left,
            Optional<String> changes) {}

    /** The progress of an import. */
    public enum State {
        /** A guard has stopped it, and a person has to decide. */
        WAITING,
        /** In progress. */
        WORKING,
        /** It failed, but the next attempt may succeed and is made automatically. */
        RETRY,
        COMPLETED,
        /** Everything was sent, but whether Okta finished it could not be determined. */
        UNCONFIRMED,
        FAILED,
        /** A newer version replaced it before it started. */
        SUPERSEDED,
        /** A newer snapshot took its place. */
        OVERTAKEN,
        /** It arrived too late to be certainly still right, and was not imported. */
        OUTDATED
    }

    /**
     * Numbers of users, and of the groups and memberships beside them.
     *
     * @param records users in the file, valid or not
     * @param imported users in requests that Okta accepted into a session, deactivations included
     * @param rejected invalid users; errors may be more
     * @param skipped skipped by the mapping
     * @param deactivated deactivations among the imported
     * @param beside what else the import holds
     */
    public record Counts(int records, int imported, int rejected, int skipped, int deactivated, CountsOfGroups beside) {

        /** Invalid records of all kinds. */
        int invalid() {
            return rejected + beside.rejected();
        }

        /** The same in words. */
        String invalidInWords() {
            List<String> ones = new ArrayList<>(beside.rejectedOnes());
            if (rejected > 0 || ones.isEmpty()) {
                ones.add(0, Words.users(rejected));
            }
            return Words.list(ones);
        }

        /** Whether Okta accepted anything: in a session of the caller's also groups or memberships without a user. */
        boolean isAnythingIn() {
            return imported > 0 || beside.accepted().isPresent();
        }
    }

    /**
     * Why it failed.
     *
     * @param type the problem's name, for example {@code invalid-users}
     * @param title its short sentence
     * @param detail what is wrong, where, and how to fix it
     * @param sessionCancelled whether the session was cancelled, so that nothing from it reached Okta's directory
     * @param guard the guard that stopped it; empty if none did
     * @param counted how many people that guard counted; empty if the report doesn't contain it
     */
    public record Failure(
            String type,
            String title,
            String detail,
            boolean sessionCancelled,
            Optional<StoppingGuard> guard,
            Optional<Integer> counted) {}

    /**
     * Records with the same error.
     *
     * @param field the invalid field; empty for the record as a whole
     * @param message what is wrong, without the record's own numbers
     * @param count the number of records
     * @param places the positions of the first ones, in words ({@code line 2})
     */
    public record ErrorKind(Optional<String> field, String message, int count, List<String> places) {}

    /**
     * An error in a record.
     *
     * @param place its position, in words ({@code line 2})
     * @param externalId its external ID, if it may be shown
     * @param field the invalid field; empty for the record as a whole
     * @param message what is wrong
     */
    public record Rejected(String place, Optional<String> externalId, Optional<String> field, String message) {}

    /**
     * A run of valid records that Okta may not have accepted.
     *
     * @param places the range, in words ({@code lines 2 to 201})
     * @param count the number of records
     * @param outcome {@code rejected}, {@code unknown} or {@code not-sent}
     * @param kind {@code users}, {@code groups} or {@code memberships}; empty in an import of users alone
     */
    public record NotImported(String places, int count, String outcome, Optional<String> kind) {

        boolean isOfUsers() {
            return kind.filter(of -> !of.equals("users")).isEmpty();
        }

        /** How many there are, in words. */
        String counted() {
            return isOfUsers()
                    ? Words.users(count)
                    : Words.count(count, kind.orElse("").replaceFirst("s$", ""));
        }
    }

    /**
     * The status of the file's users in Okta.
     *
     * @param users those who were imported, or, in a file of leavers, deactivated
     * @param deactivated those who were also deactivated
     * @param partial why this is incomplete; empty if everyone was looked for
     */
    public record Okta(OktaView.Seen users, Optional<OktaView.Seen> deactivated, Optional<String> partial) {}

    /**
     * Relative links from the page.
     *
     * @param json the report for programs
     * @param rejectedRows the rows to fix
     * @param source the file itself
     */
    public record Links(Optional<String> json, Optional<String> rejectedRows, Optional<String> source) {

        /** For a page without accompanying files. */
        public static final Links NONE = new Links(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
