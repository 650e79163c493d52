package dev.bulkuserimport.plan;

import java.io.IOException;

/** Receives the sessions of a plan, one after the other, while the source is still being read. */
@FunctionalInterface
public interface SessionSink {

    /**
     * Receives a session that is full, or the last one.
     *
     * @param plan valid only until this call returns: its memory is reused for the next session
     * @throws IOException when it can't be stored; another attempt may succeed
     */
    void session(SessionPlan plan) throws IOException;

    /**
     * The first bulk request is full, more follows, and nothing has refused the import so far: it is worth preparing for sending. Called at
     * most once per reading.
     */
    default void firstRequestIsFull() {}
}
