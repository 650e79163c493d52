package dev.bulkuserimport.okta.oauth;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.Authorization;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.secret.Secret;

/** An API token, Okta's own scheme {@code SSWS}. */
final class ApiToken implements Credentials {

    private final Secret token;

    ApiToken(Secret token) {
        this.token = token;
    }

    @Override
    public Authorization authorize(OktaCall call, Deadline deadline) {
        return Authorization.of("SSWS " + token.value(deadline).strip());
    }

    @Override
    public Renewal renew(OktaReply.Answered refusal, Deadline deadline) {
        return token.reread(deadline) ? Renewal.RENEWED : Renewal.NONE;
    }
}
