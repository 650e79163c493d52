package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.plan.SessionPlan;
import java.io.IOException;

/** Where the ready requests of a file's sessions are: in memory, or stored for another invocation. */
interface PreparedSessions {

    /** Takes a session, whose memory is used again afterwards. */
    void keep(SessionPlan plan) throws IOException;

    /** The requests of one session. */
    SessionPlan plan(int number, Deadline deadline) throws IOException;

    /** The session is sent, and no connection can still be sending from the plan's memory. */
    void sent(SessionPlan plan);

    /** Forgets the first {@code count} sessions. */
    void forget(int count) throws IOException;
}
