/** Okta's side of the wire: its API, credentials, errors, rate limits and limits. */
package dev.bulkuserimport.okta;
