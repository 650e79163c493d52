package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.BulkOperation;

/**
 * One bulk request of a plan: a run of valid records.
 *
 * @param operation what Okta does with them
 * @param firstRecord the run's first record among the session's, from 0
 * @param items how many there are: users, groups, or entries of a group and some of its members
 * @param offset where the run begins in the plan's bytes
 * @param length the run's bytes
 */
public record BulkRequest(BulkOperation operation, int firstRecord, int items, int offset, int length) {

    /** The users that it holds; 0 for a request of another kind. */
    public int users() {
        return operation.kind() == BulkOperation.Kind.USERS ? items : 0;
    }

    /** The request body's bytes, with Okta's envelope. */
    public int bodyBytes() {
        return length + operation.envelopeBytes();
    }
}
