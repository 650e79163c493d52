package dev.bulkuserimport.okta.oauth;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.Authorization;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.secret.Secret;

/** An API token, Okta's own scheme {@code SSWS}. */
final class ApiToken implements Credentials {

    private final Secret token;

    ApiToken(Secret token) {
        this.token = token;
    }

    @Override
    public Authorization authorize(OktaCall call, Deadline deadline) {
        String value = token.value(deadline).strip();
        if (!Authorization.canHold(value)) {
            throw Problem.of(
                            ProblemType.OKTA_UNAUTHORIZED,
                            "OKTA_CLIENT_TOKEN, or the secret that it names, is not an API token: it contains a"
                                    + " space, a line break or another character that API tokens don't have. If the"
                                    + " secret is a JSON document, name the key in it. Nothing was sent.")
                    .exception();
        }
        return Authorization.of("SSWS " + value);
    }

    @Override
    public Renewal renew(OktaReply.Answered refusal, Deadline deadline) {
        return token.reread(deadline) ? Renewal.RENEWED : Renewal.NONE;
    }
}
