package dev.bulkuserimport.upload;

import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.problem.ProblemException;
import java.util.List;

/** Records each step of a session's life before it is taken, so that a later attempt knows what this one left behind. */
public interface SessionRecord {

    /**
     * A session is about to be created.
     *
     * @param windows this call and earlier ones with unknown outcomes
     * @throws ProblemException when it can't be recorded
     */
    void creating(List<CreationWindow> windows);

    /**
     * The call has ended, and these are the calls with unknown outcomes. This is recorded with the next step: if it is lost, the call only
     * looks as if its answer were lost.
     */
    void unanswered(List<CreationWindow> windows);

    /**
     * This import's own session was created, or found.
     *
     * @throws ProblemException when it can't be recorded
     */
    void created(ImportSession session);

    /** Okta refused to create a session although none is active: its pause after the last start isn't over. */
    void tooSoon();

    /**
     * Everything has been uploaded to the session, and it is about to be started.
     *
     * @throws ProblemException when it can't be recorded
     */
    void starting(int recordsImported);

    /** Okta has begun with the session. */
    void begun(ImportSession session);

    /**
     * The session and its content no longer exist.
     *
     * @throws ProblemException when it can't be recorded
     */
    void dropped();
}
