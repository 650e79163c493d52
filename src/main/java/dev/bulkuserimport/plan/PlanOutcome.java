package dev.bulkuserimport.plan;

import dev.bulkuserimport.problem.Problem;

/** What planning ends with: a plan that can be sent as it is, or a refusal before anything is sent. */
public sealed interface PlanOutcome {

    /** What the records come to, so far as they were read. */
    PlanSummary summary();

    /** Everything that will be sent is valid and fits. */
    record Planned(PlanSummary summary) implements PlanOutcome {}

    /**
     * Everything that would be sent is valid and fits, but a guard stops it until a person approves it.
     *
     * @param problem what the guard says
     */
    record Stopped(Problem problem, PlanSummary summary) implements PlanOutcome {}

    /**
     * Nothing may be sent.
     *
     * @param problem what a caller is told, with the first of the errors
     */
    record Refused(Problem problem, PlanSummary summary) implements PlanOutcome {}
}
