package dev.bulkuserimport.plan;

/**
 * An import that has been read and checked.
 *
 * @param options what to do
 * @param outcome the users as a plan, or why they can't be sent
 * @param records how many records the source held
 */
public record ImportRequest(ImportOptions options, PlanOutcome outcome, int records) {}
