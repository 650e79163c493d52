package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.report.FileSession;
import java.io.IOException;
import java.util.Optional;

/** The prepared requests of a file's sessions: in memory, or stored for another invocation. */
interface PreparedSessions {

    /**
     * Keeps a session, whose memory is reused afterwards.
     *
     * @return the seal by which its requests are known again; empty where no one else can change them
     */
    Optional<String> keep(SessionPlan plan) throws IOException;

    /**
     * The requests of one session.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} when they are gone, or not those that were kept
     */
    SessionPlan plan(FileSession session, Deadline deadline) throws IOException;

    /** The session is sent, and no connection can still be sending from the plan's memory. */
    void sent(SessionPlan plan);

    /** Forgets the first {@code count} sessions. */
    void forget(int count) throws IOException;
}
