/** Credentials: an API token, or an OAuth service app's key, its tokens and its proofs of possession. */
@NullMarked
package dev.bulkuserimport.okta.oauth;

import org.jspecify.annotations.NullMarked;
