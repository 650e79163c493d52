package dev.bulkuserimport.okta.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.Authorization;
import dev.bulkuserimport.okta.NoAnswerException;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaJson;
import dev.bulkuserimport.okta.OktaProblems;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.okta.Resending;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks Okta's org authorization server for a token: client credentials with {@code private_key_jwt} (RFC 7523). */
final class TokenRequest {

    /** A token is renewed this long before it expires, or after nine tenths of its lifetime if that is later. */
    private static final long RENEW_BEFORE_SECONDS = 60;

    /** Okta's tokens are valid for an hour; none is kept for longer than a day, whatever the answer says. */
    private static final long LONGEST_LIFE_SECONDS = TimeUnit.DAYS.toSeconds(1);

    /** How many nonces Okta may request in one exchange. */
    private static final int NONCES = 3;

    private final String url;
    private final ClientAssertion assertion;
    private final ProofOfPossession possession;
    private final OktaConnection connection;

    TokenRequest(String orgUrl, ClientAssertion assertion, ProofOfPossession possession, OktaConnection connection) {
        this.url = orgUrl + OktaCall.TOKEN_PATH;
        this.assertion = assertion;
        this.possession = possession;
        this.connection = connection;
    }

    /**
     * A new token for {@code scopes}, separated by spaces.
     *
     * @throws ProblemException {@code okta-unauthorized}, {@code okta-unavailable}, or {@code secret-unavailable} for the key
     */
    AccessToken send(String scopes, Deadline deadline) {
        for (int nonces = 0; ; nonces++) {
            OktaReply.Answered answer = Resending.execute(
                    OktaCall.token(scopes, ""),
                    () -> once(scopes, deadline),
                    refusal -> mayTryAnotherKey(refusal, scopes, deadline),
                    deadline);
            if (answer.isSuccess()) {
                AccessToken token = read(answer);
                possession.issued(token, answer);
                return token;
            }
            OktaError error = OktaError.of(answer);
            if (nonces >= NONCES || !possession.canFix(error, answer)) {
                throw refused(error, scopes);
            }
        }
    }

    /** Each attempt has a new assertion and a new proof, since neither may be used twice. */
    private OktaReply once(String scopes, Deadline deadline) {
        Authorization authorization = new Authorization(Optional.empty(), possession.forTokenRequest(url));
        return connection
                .send(
                        OktaCall.token(scopes, assertion.sign(url, deadline)),
                        authorization,
                        OktaConnection.timeout(deadline))
                .join();
    }

    /** After a 401. */
    private boolean mayTryAnotherKey(OktaReply.Answered refusal, String scopes, Deadline deadline) {
        OktaError error = OktaError.of(refusal);
        if (error.code().filter("invalid_client"::equals).isPresent() && assertion.rereadKey(deadline)) {
            return true;
        }
        throw refused(error, scopes);
    }

    private static AccessToken read(OktaReply.Answered answer) {
        JsonNode token = OktaJson.object(answer.body())
                .filter(answered ->
                        Authorization.canHold(answered.path("access_token").asText()))
                .orElseThrow(() -> new NoAnswerException(OktaProblems.unreadable("a token")));
        long life = Math.max(
                0, Math.min(LONGEST_LIFE_SECONDS, token.path("expires_in").asLong(3600)));
        long fresh = Math.max(life - RENEW_BEFORE_SECONDS, life * 9 / 10);
        return new AccessToken(
                token.get("access_token").asText(),
                token.path("token_type").asText().equalsIgnoreCase("DPoP"),
                System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(fresh));
    }

    private static ProblemException refused(OktaError error, String scopes) {
        return error.addTo(Problem.of(
                        ProblemType.OKTA_UNAUTHORIZED,
                        error.sentence() + " to a token request. " + advice(error, scopes)))
                .exception();
    }

    private static String advice(OktaError error, String scopes) {
        if (error.code().filter("invalid_scope"::equals).isPresent()) {
            return "Grant the service app the scopes " + scopes + ", or set OKTA_CLIENT_SCOPES to the scopes that"
                    + " it has.";
        }
        if (error.says("expir") || error.says("issued") || error.says("future")) {
            return "The clocks of this function and of Okta differ, or the assertion took too long to arrive.";
        }
        if (error.code().filter("invalid_client"::equals).isPresent()) {
            return "Check OKTA_CLIENT_CLIENTID, that OKTA_CLIENT_PRIVATEKEY belongs to a public key of that app,"
                    + " and OKTA_CLIENT_KID.";
        }
        if (!error.isOktas()) {
            return "This is not Okta's own error document, so it comes from something in front of Okta. Check"
                    + " OKTA_CLIENT_ORGURL and the network path to Okta.";
        }
        return "Check the service app's settings: OKTA_CLIENT_CLIENTID, OKTA_CLIENT_PRIVATEKEY, OKTA_CLIENT_SCOPES.";
    }
}
