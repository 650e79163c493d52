package dev.bulkuserimport.plan;

/**
 * An import for a single session that has been read and checked.
 *
 * @param options the import's options
 * @param outcome whether the users can be sent, or why not
 * @param plan the users, ready to be sent; without users if there is nothing to send
 * @param notes notes for a file's report on how it was read
 */
public record ImportRequest(ImportOptions options, PlanOutcome outcome, SessionPlan plan, FileNotes notes) {}
