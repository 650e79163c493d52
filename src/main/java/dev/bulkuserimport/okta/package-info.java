/** Okta's side of the wire: its calls and answers, the one decision about sending again, its errors and words, rate limits and sessions. */
@NullMarked
package dev.bulkuserimport.okta;

import org.jspecify.annotations.NullMarked;
