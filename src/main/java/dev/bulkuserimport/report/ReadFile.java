package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.PlanSummary;
import java.util.Optional;

/**
 * The content of a file that has been read and checked.
 *
 * @param callerSession the session that it names; empty if it gets its own
 * @param dryRun whether it is a dry run
 * @param records the number of records, valid or not
 * @param beside how many of them are groups and memberships that are listed by themselves
 * @param users the number of users to be sent
 * @param deactivations how many of them are deactivated
 * @param skipped records that a mapping skips
 * @param unchanged records that a comparison leaves out
 * @param groups the number of groups to be sent
 * @param memberships the number of pairs of a group and a member to be sent
 * @param notes how it was read
 */
public record ReadFile(
        Optional<String> callerSession,
        boolean dryRun,
        int records,
        int beside,
        int users,
        int deactivations,
        int skipped,
        int unchanged,
        int groups,
        int memberships,
        FileNotes notes) {

    /** @param dryRun whether it is a dry run, whatever the file itself says */
    public static ReadFile of(ImportOptions options, PlanSummary summary, FileNotes notes, boolean dryRun) {
        return new ReadFile(
                options.sessionId(),
                dryRun || options.dryRun(),
                summary.records(),
                summary.beside(),
                summary.users(),
                summary.deactivations(),
                summary.skipped(),
                summary.unchanged(),
                summary.groups(),
                summary.memberships(),
                notes);
    }
}
