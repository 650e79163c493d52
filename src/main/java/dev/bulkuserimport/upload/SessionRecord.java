package dev.bulkuserimport.upload;

import dev.bulkuserimport.problem.ProblemException;
import java.util.List;

/** Where each step of a session's life is written down before it is taken, so that another attempt knows what this one left behind. */
public interface SessionRecord {

    /**
     * Okta is about to be asked for a session.
     *
     * @param windows this call and those before it whose outcome is unknown
     * @throws ProblemException when it can't be written down
     */
    void creating(List<CreationWindow> windows);

    /**
     * The call is over, and these are the ones whose outcome is unknown. It is written down with whatever is next, for a call
     * that is forgotten here only looks as if its answer were lost.
     */
    void unanswered(List<CreationWindow> windows);

    /**
     * A session of this import's own was created, or found.
     *
     * @throws ProblemException when it can't be written down
     */
    void created(String sessionId);

    /**
     * Everything is in the session, and it is about to be started.
     *
     * @throws ProblemException when it can't be written down
     */
    void starting(int recordsImported);

    /**
     * What was in the session is gone with it; there is none any more.
     *
     * @throws ProblemException when it can't be written down
     */
    void dropped();
}
