package dev.bulkuserimport.plan;

/**
 * One bulk request of a plan: a run of valid records.
 *
 * @param firstRecord the run's first valid record, from 0
 * @param users how many there are
 * @param offset where the run begins in the plan's bytes
 * @param length the run's bytes
 * @param bodyBytes the request body's bytes, with Okta's envelope
 */
public record BulkRequest(int firstRecord, int users, int offset, int length, int bodyBytes) {}
