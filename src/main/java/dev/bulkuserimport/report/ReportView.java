package dev.bulkuserimport.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a report's page tells. It has no place for a profile value, so the page can't hold one.
 *
 * @param file the source's name, without its folders
 * @param place where the source is, for example {@code s3://bucket/key}; empty where the report doesn't say it
 * @param state how far the import got
 * @param operation {@code CREATE_AND_UPDATE}, {@code DEACTIVATE_AND_DELETE} or {@code SNAPSHOT}; empty where the file was not read so far
 * @param applicationId Okta's ID of the application; empty where it isn't known
 * @param dryRun whether it was only tried out and nothing was to be sent
 * @param startedAt when the first attempt began
 * @param finishedAt when it ended; empty while it is at work
 * @param attempts how many attempts there were, the last one included
 * @param counts numbers of records
 * @param changes a snapshot's comparison with what was known; empty for anything else
 * @param sessions the sessions in their order, those that were not begun too
 * @param problem why it did not go as asked; empty when it did
 * @param errorKinds kinds of invalid records, the most frequent first
 * @param rejected invalid records in the file's order, the first 1,000 or 10,000
 * @param notImported valid records that Okta did not certainly accept
 * @param okta what Okta made of them; empty where nobody asked Okta
 * @param notes whole sentences about how the file was read: columns that were not checked or not sent, cells that were trimmed
 * @param links what stands beside the page
 * @param rowsLeftOut rejected records that the file of rejected rows had no room for
 * @param decision what a guard has stopped for a person to decide; empty for a file that none has
 */
public record ReportView(
        String file,
        Optional<String> place,
        State state,
        Optional<String> operation,
        Optional<String> applicationId,
        boolean dryRun,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        int attempts,
        Counts counts,
        Optional<Changes> changes,
        List<Session> sessions,
        Optional<Failure> problem,
        List<ErrorKind> errorKinds,
        List<Rejected> rejected,
        List<NotImported> notImported,
        Optional<Okta> okta,
        List<String> notes,
        Links links,
        int rowsLeftOut,
        Optional<Decision> decision) {

    /** External IDs that a page lists of each kind, at most. */
    static final int LISTED_PEOPLE = 100;

    public ReportView {
        sessions = List.copyOf(sessions);
        errorKinds = List.copyOf(errorKinds);
        rejected = List.copyOf(rejected);
        notImported = List.copyOf(notImported);
        notes = List.copyOf(notes);
    }

    /**
     * A file that a guard has stopped.
     *
     * @param importId the import's ID, which a decision names
     * @param review what would happen, and what was decided
     * @param users people who would be sent
     * @param deactivations how many of them would be deactivated
     * @param changes the link to the list of everyone concerned; empty where there is none
     */
    public record Decision(String importId, Review review, int users, int deactivations, Optional<String> changes) {}

    /** How far an import got. */
    public enum State {
        /** A guard has stopped it, and a person has yet to decide. */
        WAITING,
        /** Somebody is at it. */
        WORKING,
        /** It failed in a way that the next attempt may mend, and the next attempt comes by itself. */
        RETRY,
        COMPLETED,
        /** Everything is in Okta, and whether Okta finished it could not be learned. */
        UNCONFIRMED,
        FAILED,
        /** A newer version took its place before it began. */
        SUPERSEDED,
        /** It came too late to be right for certain, and was not imported. */
        OUTDATED
    }

    /**
     * Numbers of records.
     *
     * @param records in the file, valid or not
     * @param imported in requests that Okta accepted into a session, deactivations included
     * @param rejected invalid ones; errors may be more
     * @param skipped that the mapping leaves alone
     * @param deactivated deactivations among the imported
     */
    public record Counts(int records, int imported, int rejected, int skipped, int deactivated) {}

    /**
     * A snapshot beside the people known before.
     *
     * @param added people who are new
     * @param returned people who had been deactivated and are active again
     * @param changed people with another profile
     * @param unchanged people who were not sent, because nothing is new about them
     * @param gone people who are missing and so to be deactivated
     * @param missing people who are missing, but not for long enough to be deactivated
     * @param changedBy how many people changed in each property, by its name
     * @param goneIds external IDs of the first of those who are gone
     * @param known how many people were known before
     */
    public record Changes(
            int added,
            int returned,
            int changed,
            int unchanged,
            int gone,
            int missing,
            Map<String, Integer> changedBy,
            List<String> goneIds,
            Optional<Integer> known) {}

    /**
     * A session of the import.
     *
     * @param number from 1
     * @param sessionId Okta's ID; empty before it is created
     * @param status Okta's word for its state; empty before it is created
     * @param users records that are in it or are to be
     * @param requests bulk requests that hold them
     * @param startedAt when it was created
     * @param finishedAt when Okta was seen to be done with it
     */
    public record Session(
            int number,
            Optional<String> sessionId,
            Optional<String> status,
            int users,
            int requests,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt) {}

    /**
     * Why it did not go as asked.
     *
     * @param type the problem's name, for example {@code invalid-users}
     * @param title its short sentence
     * @param detail what is wrong, where and what to do
     * @param sessionCancelled whether the session was cancelled, so that nothing of it reached Okta's directory
     * @param guard the guard that stopped it; empty when none did
     */
    public record Failure(String type, String title, String detail, boolean sessionCancelled, Optional<Guard> guard) {}

    /** What stops an import that would change more than is allowed without asking. */
    public enum Guard {
        DEACTIVATIONS("deactivations", "max-deactivations", "IMPORT_MAX_DEACTIVATIONS"),
        CHANGES("changes", "max-changes", "IMPORT_MAX_CHANGES"),
        RETURNS("returns", "max-returns", "IMPORT_MAX_RETURNS"),
        GROUP_REMOVALS("removals from the group", "max-group-removals", "IMPORT_MAX_GROUP_REMOVALS"),
        /** A limit that the file itself holds, which nothing outside of it can raise. */
        OWN_LIMIT("changes", "", "");

        private final String counted;
        private final String metadata;
        private final String setting;

        Guard(String counted, String metadata, String setting) {
            this.counted = counted;
            this.metadata = metadata;
            this.setting = setting;
        }

        /** What it counts. */
        String counted() {
            return counted;
        }

        /** The metadata that lets one file through. */
        String metadata() {
            return metadata;
        }

        /** The setting that holds for every file. */
        String setting() {
            return setting;
        }
    }

    /**
     * Records that have the same thing wrong with them.
     *
     * @param field the field at fault; empty when it is the record as a whole
     * @param message what is wrong, without the record's own numbers
     * @param count how many records
     * @param places where the first of them stand, in words ({@code line 2})
     */
    public record ErrorKind(Optional<String> field, String message, int count, List<String> places) {}

    /**
     * One thing that is wrong with a record.
     *
     * @param place where it stands, in words ({@code line 2})
     * @param externalId its external ID, where that is fit to be printed
     * @param field the field at fault; empty when it is the record as a whole
     * @param message what is wrong
     */
    public record Rejected(String place, Optional<String> externalId, Optional<String> field, String message) {}

    /**
     * A run of valid records that Okta did not certainly accept.
     *
     * @param places from where to where, in words ({@code lines 2 to 201})
     * @param count how many
     * @param outcome {@code rejected}, {@code unknown} or {@code not-sent}
     */
    public record NotImported(String places, int count, String outcome) {}

    /**
     * What Okta shows of the file's users.
     *
     * @param users those who were imported, or, in a file of leavers, deactivated
     * @param deactivated those who were deactivated beside them
     * @param partial why this is not all that there is to know; empty when everybody was looked for
     */
    public record Okta(Seen users, Optional<Seen> deactivated, Optional<String> partial) {}

    /**
     * People who were looked for in Okta.
     *
     * @param statuses how many of them Okta's application users show, by status
     * @param missing how many it doesn't show, or, in a list that was read in part, has not shown so far
     * @param missingIds external IDs of the first of those
     */
    public record Seen(Map<String, Integer> statuses, int missing, List<String> missingIds) {

        static final Seen NOBODY = new Seen(Map.of(), 0, List.of());

        public Seen {
            missingIds = List.copyOf(missingIds);
        }

        /** How many it shows in one of these statuses. */
        int in(Set<String> some) {
            return statuses.entrySet().stream()
                    .filter(status -> some.contains(status.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        int shown() {
            return statuses.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * Relative links from the page.
     *
     * @param json the report for programs
     * @param rejectedRows the rows to mend
     * @param source the file itself
     */
    public record Links(Optional<String> json, Optional<String> rejectedRows, Optional<String> source) {

        /** Of a page that nothing stands beside. */
        public static final Links NONE = new Links(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
