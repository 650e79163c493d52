/**
 * Sending a plan: in parallel, paced by Okta's rate limits, retried where that is safe, within the time left; and saying of each record
 * what became of it. It knows a plan and Okta, not where the users came from.
 */
@NullMarked
package dev.bulkuserimport.upload;

import org.jspecify.annotations.NullMarked;
