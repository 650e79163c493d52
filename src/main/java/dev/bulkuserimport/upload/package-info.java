/**
 * Runs imports: has a source planned, then loads the plan into a session, in parallel, paced by Okta's rate limits, with retries where
 * safe, within the time left; and accounts for each record. It reads records through {@link dev.bulkuserimport.plan.RecordSource} and is
 * independent of formats.
 */
@NullMarked
package dev.bulkuserimport.upload;

import org.jspecify.annotations.NullMarked;
