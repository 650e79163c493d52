package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.PlanOutcome;

/**
 * An import that has been read completely and checked; its sessions have been passed on.
 *
 * @param options the import's options
 * @param outcome whether the users can be sent, or why not
 * @param notes notes for a file's report on how it was read
 */
public record ReadImport(ImportOptions options, PlanOutcome outcome, FileNotes notes) {}
