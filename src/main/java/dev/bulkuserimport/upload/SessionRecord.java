package dev.bulkuserimport.upload;

import dev.bulkuserimport.problem.ProblemException;

/** Where each step of a session's life is written down before it is taken, so that another attempt knows what this one left behind. */
public interface SessionRecord {

    /**
     * A session of this import's own was created.
     *
     * @throws ProblemException when it can't be written down
     */
    void created(String applicationId, String sessionId);

    /**
     * Everything is in the session, and it is about to be started.
     *
     * @throws ProblemException when it can't be written down
     */
    void starting(int recordsImported);
}
