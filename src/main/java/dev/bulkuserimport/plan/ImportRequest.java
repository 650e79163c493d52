package dev.bulkuserimport.plan;

/**
 * An import for one session that has been read and checked.
 *
 * @param options what to do
 * @param outcome whether the users can be sent, or why not
 * @param plan the users, ready to be sent; empty of users where there is nothing to send
 * @param notes what a file's report says of how it was read
 */
public record ImportRequest(ImportOptions options, PlanOutcome outcome, SessionPlan plan, FileNotes notes) {}
