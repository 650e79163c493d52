package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.BulkOperation;

/**
 * A bulk request of a plan: a run of valid records.
 *
 * @param operation the request's operation
 * @param firstRecord the index of the run's first record in the session, from 0
 * @param items the number of items: users, groups, or entries of a group and some of its members
 * @param offset the start of the run in the plan's bytes
 * @param length the number of the run's bytes
 */
public record BulkRequest(BulkOperation operation, int firstRecord, int items, int offset, int length) {

    /** The number of users; 0 for a request of another kind. */
    public int users() {
        return operation.kind() == BulkOperation.Kind.USERS ? items : 0;
    }

    /** The size of the request body in bytes, with Okta's envelope. */
    public int bodyBytes() {
        return length + operation.envelopeBytes();
    }
}
