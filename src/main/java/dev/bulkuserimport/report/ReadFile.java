package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.PlanSummary;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.rules.ImportOperation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a file says, once it has been read and checked.
 *
 * @param applicationId the application
 * @param operation what is done with its users
 * @param callerSession the session that it names; empty when it gets its own
 * @param dryRun whether nothing is to be sent
 * @param records records, valid or not
 * @param users users that are to be sent
 * @param deactivations how many of them are deactivated
 * @param skipped records that a mapping leaves alone
 * @param unchanged records that a comparison leaves out
 * @param rejections the records that are invalid
 * @param notes how it was read
 */
public record ReadFile(
        String applicationId,
        ImportOperation operation,
        Optional<String> callerSession,
        boolean dryRun,
        int records,
        int users,
        int deactivations,
        int skipped,
        int unchanged,
        Rejections rejections,
        FileNotes notes) {

    public static ReadFile of(ImportOptions options, PlanSummary summary, FileNotes notes) {
        return new ReadFile(
                options.applicationId(),
                options.operation(),
                options.sessionId(),
                options.dryRun(),
                summary.records(),
                summary.users(),
                summary.deactivations(),
                summary.skipped(),
                summary.unchanged(),
                summary.rejections(),
                notes);
    }

    public ReadFile asDryRun() {
        return new ReadFile(
                applicationId,
                operation,
                callerSession,
                true,
                records,
                users,
                deactivations,
                skipped,
                unchanged,
                rejections,
                notes);
    }

    /** What the report says before its sessions. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("dryRun", dryRun);
        members.put("records", records);
        members.put("users", users);
        members.put("deactivations", deactivations);
        members.put("skipped", skipped);
        members.put("unchanged", unchanged);
        members.putAll(notes.members());
        return members;
    }
}
