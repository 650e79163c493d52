/** OAuth 2.0 for Okta's API: client credentials with {@code private_key_jwt}, and DPoP where Okta asks for it. */
package dev.bulkuserimport.okta.oauth;
