package dev.bulkuserimport.plan;

import dev.bulkuserimport.problem.Problem;
import java.util.List;

/** What planning ends with: a plan that can be sent as it is, or a refusal before anything is sent. */
public sealed interface PlanOutcome {

    /** Everything that will be sent is valid and fits. */
    record Planned(SessionPlan plan) implements PlanOutcome {}

    /**
     * Nothing may be sent.
     *
     * @param problem what a caller is told, with the first of the errors
     * @param errorCount how many errors there are
     * @param errors all of the errors that were kept, for a report; empty when it is the limits that refuse
     */
    record Refused(Problem problem, int errorCount, List<RecordError> errors) implements PlanOutcome {}
}
