package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaRefusal;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;

/** The session that an upload goes to: its endpoint, and whether it still takes anything after Okta has refused a request. */
final class SessionLookup {

    private final Sessions sessions;
    private final String app;
    private final String session;
    private String lastStatus;

    SessionLookup(Sessions sessions, String app, String session) {
        this.sessions = sessions;
        this.app = app;
        this.session = session;
    }

    OktaCall upload(SessionPlan plan, BulkRequest request) {
        String endpoint = request.kind() == BulkRequest.Kind.UPSERT ? "bulk-upsert" : "bulk-delete";
        return OktaCall.upload(app, session, endpoint, plan.body(request));
    }

    Problem refusal(OktaError error) {
        return error.status() == 404
                ? error.addTo(Problem.of(
                        ProblemType.SESSION_NOT_FOUND,
                        "The import session " + session + " is gone in the middle of the import."))
                : OktaRefusal.rejected(error);
    }

    /** Asks Okta; a session that can't be looked up is taken for closed, because then nothing else would get in either. */
    boolean takesUploads(Deadline deadline) {
        try {
            ImportSession now = sessions.get(app, session, deadline);
            lastStatus = now.status();
            return now.takesUploads();
        } catch (ProblemException e) {
            return false;
        }
    }

    /** The problem with the session's state, where that explains it. */
    Problem describe(Problem problem) {
        return lastStatus == null ? problem : problem.with("sessionStatus", lastStatus);
    }
}
