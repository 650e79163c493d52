package dev.bulkuserimport.plan;

import java.io.IOException;

/** Takes the sessions of a plan, one after the other, while the source is still being read. */
@FunctionalInterface
public interface SessionSink {

    /**
     * A session is full, or the last.
     *
     * @param plan good only until this call comes back: its memory is used for the next session
     * @throws IOException when it can't be kept, which another attempt may mend
     */
    void session(SessionPlan plan) throws IOException;

    /**
     * The first bulk request is full, more follows, and nothing so far refuses the import: it is worth preparing what sending will need.
     * Called once a reading at most.
     */
    default void firstRequestIsFull() {}
}
