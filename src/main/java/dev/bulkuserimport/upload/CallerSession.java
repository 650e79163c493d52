package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.CredentialsAhead;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.util.Optional;

/** The caller's own session, which is not created, started or cancelled here. */
public class CallerSession implements SessionScope {

    private final Sessions sessions;
    private final String app;
    private final Optional<String> id;
    private final Optional<CredentialsAhead> credentials;

    /** @param credentials the first call's credentials, if they are already being fetched */
    public CallerSession(Sessions sessions, String app, Optional<String> id, Optional<CredentialsAhead> credentials) {
        this.sessions = sessions;
        this.app = app;
        this.id = id;
        this.credentials = credentials;
    }

    @Override
    public Optional<String> id() {
        return id;
    }

    @Override
    public void check(Deadline deadline) {
        credentials.ifPresent(ahead -> ahead.await(deadline));
        ImportSession session = sessions.get(app, id.orElseThrow(), deadline);
        if (!session.takesUploads()) {
            throw Problem.of(
                            ProblemType.SESSION_NOT_ACTIVE,
                            "The import session " + session.id() + " is " + session.status()
                                    + "; it accepts users only while it is CREATED or IN_PROGRESS. Nothing was sent."
                                    + " Create another session.")
                    .with("sessionStatus", session.status())
                    .exception();
        }
    }

    @Override
    public String open(Deadline deadline) {
        check(deadline);
        return id.orElseThrow();
    }

    @Override
    public Problem abandon(Problem failure, SessionPlan plan, Deadline deadline) {
        // The session is the caller's, who may want to send the rest.
        return failure;
    }

    @Override
    public void close(SessionPlan plan, Deadline deadline) {
        // Starting the import is the caller's decision.
    }
}
