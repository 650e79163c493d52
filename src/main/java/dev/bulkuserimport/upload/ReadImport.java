package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.PlanOutcome;

/**
 * An import that has been read to its end and checked; its sessions were handed over meanwhile.
 *
 * @param options what to do
 * @param outcome whether the users can be sent, or why not
 * @param notes what a file's report says of how it was read
 */
public record ReadImport(ImportOptions options, PlanOutcome outcome, FileNotes notes) {}
