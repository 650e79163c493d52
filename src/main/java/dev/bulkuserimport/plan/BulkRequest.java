package dev.bulkuserimport.plan;

/**
 * One bulk request of a plan: a run of valid records.
 *
 * @param kind what Okta does with them
 * @param firstRecord the run's first record among the session's, from 0
 * @param users how many there are
 * @param offset where the run begins in the plan's bytes
 * @param length the run's bytes
 */
public record BulkRequest(Kind kind, int firstRecord, int users, int offset, int length) {

    /** What a bulk request is for. */
    public enum Kind {
        UPSERT,
        DELETE
    }

    /** The request body's bytes, with Okta's envelope. */
    public int bodyBytes() {
        return length + SessionPlan.ENVELOPE_BYTES;
    }
}
