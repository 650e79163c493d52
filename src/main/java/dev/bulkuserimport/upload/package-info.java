/**
 * Sends what a source holds: has it planned, then loads the plan into a session, in parallel, paced by Okta's rate limits, retried where
 * that is safe, within the time left; and accounts for each record. It reads records through {@link dev.bulkuserimport.plan.RecordSource}
 * and knows no format.
 */
@NullMarked
package dev.bulkuserimport.upload;

import org.jspecify.annotations.NullMarked;
