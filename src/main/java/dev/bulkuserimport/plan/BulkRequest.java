package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.BulkOperation;

/**
 * One bulk request of a plan: a run of valid records.
 *
 * @param operation what Okta does with them
 * @param firstRecord the run's first record among the session's, from 0
 * @param users how many there are
 * @param offset where the run begins in the plan's bytes
 * @param length the run's bytes
 */
public record BulkRequest(BulkOperation operation, int firstRecord, int users, int offset, int length) {

    /** The request body's bytes, with Okta's envelope. */
    public int bodyBytes() {
        return length + operation.envelopeBytes();
    }
}
