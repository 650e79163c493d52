package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaProblems;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;

/** The session of an upload: its endpoints, and its status after Okta has refused a request. */
final class SessionLookup {

    private final Sessions sessions;
    private final String app;
    private final String session;

    SessionLookup(Sessions sessions, String app, String session) {
        this.sessions = sessions;
        this.app = app;
        this.session = session;
    }

    /**
     * The meaning of a refused request.
     *
     * @param problem why it was refused
     * @param sessionOver whether all other requests would be refused too
     */
    record Refusal(Problem problem, boolean sessionOver) {}

    OktaCall upload(SessionPlan plan, BulkRequest request) {
        return OktaCall.upload(app, session, request.operation(), plan.body(request));
    }

    /** Looks up the session; if that fails, it counts as ended, because then other requests would fail too. */
    Refusal refusal(OktaError error, Deadline deadline) {
        if (error.status() == 404) {
            return new Refusal(gone(error), true);
        }
        try {
            ImportSession now = sessions.get(app, session, deadline);
            return now.takesUploads()
                    ? new Refusal(OktaProblems.rejected(error), false)
                    : new Refusal(ended(error, now.status()), true);
        } catch (ProblemException e) {
            boolean gone = e.problem().type() == ProblemType.SESSION_NOT_FOUND;
            return new Refusal(gone ? gone(error) : OktaProblems.rejected(error), true);
        }
    }

    private Problem gone(OktaError error) {
        return error.addTo(Problem.of(
                ProblemType.SESSION_NOT_FOUND,
                "The import session " + session
                        + " no longer exists. It ended during the import. Create another session."));
    }

    private Problem ended(OktaError error, String status) {
        return error.addTo(Problem.of(
                        ProblemType.SESSION_NOT_ACTIVE,
                        "The import session " + session + " became " + status
                                + " during the import; it accepts users only while it is CREATED or IN_PROGRESS."
                                + " Create another session."))
                .with("sessionStatus", status);
    }
}
