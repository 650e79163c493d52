package dev.bulkuserimport.plan;

import dev.bulkuserimport.problem.Problem;

/** The result of planning: a plan that can be sent, or a refusal before anything is sent. */
public sealed interface PlanOutcome {

    /** The summary of the records, as far as they were read. */
    PlanSummary summary();

    /** Everything that will be sent is valid and fits. */
    record Planned(PlanSummary summary) implements PlanOutcome {}

    /**
     * Everything that would be sent is valid and fits, but a guard stops it until a person approves.
     *
     * @param problem the guard's problem
     */
    record Stopped(Problem problem, PlanSummary summary) implements PlanOutcome {}

    /**
     * Nothing may be sent.
     *
     * @param problem the problem for the caller, with the first errors
     */
    record Refused(Problem problem, PlanSummary summary) implements PlanOutcome {}
}
