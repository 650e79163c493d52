/** Okta over HTTP: calls and answers, the retry policy, error documents and their wording, rate limits and sessions. */
@NullMarked
package dev.bulkuserimport.okta;

import org.jspecify.annotations.NullMarked;
