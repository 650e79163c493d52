package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;

/** A session of the caller's own, which is neither created nor started nor cancelled here. */
public class CallerSession implements SessionScope {

    private final Sessions sessions;
    private final ImportOptions options;

    public CallerSession(Sessions sessions, ImportOptions options) {
        this.sessions = sessions;
        this.options = options;
    }

    @Override
    public String id() {
        return options.sessionId().orElseThrow();
    }

    @Override
    public void check(Deadline deadline) {
        ImportSession session = sessions.get(options.applicationId(), id(), deadline);
        if (!session.takesUploads()) {
            throw Problem.of(
                            ProblemType.SESSION_NOT_ACTIVE,
                            "The import session " + session.id() + " is " + session.status()
                                    + "; it takes users only while it is CREATED or IN_PROGRESS. Nothing was sent."
                                    + " Create another session.")
                    .with("sessionStatus", session.status())
                    .exception();
        }
    }

    @Override
    public String open(Deadline deadline) {
        check(deadline);
        return options.sessionId().orElseThrow();
    }

    @Override
    public Problem abandon(Problem failure, SessionPlan plan, Deadline deadline) {
        // The session belongs to the caller, who may want to send the rest.
        return failure;
    }

    @Override
    public void close(SessionPlan plan, Deadline deadline) {
        // Starting the import is the caller's decision.
    }
}
