package dev.bulkuserimport.okta;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.OktaLimits;
import java.time.Duration;
import java.util.Optional;

/** Which problem an answer of Okta's is, and what its reader can do about it. Okta's own words never appear in a detail. */
public final class OktaProblems {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private static final String INACTIVE =
            "The application is inactive, or in a state that doesn't allow this: activate it in the"
                    + " Admin Console (Applications > Applications) and check its provisioning. Trying again doesn't help.";

    private OktaProblems() {}

    /** 401 or 403, or a feature that is off. */
    public static Problem unauthorized(OktaError error, Optional<Scope> scope) {
        return error.addTo(Problem.of(ProblemType.OKTA_UNAUTHORIZED, error.sentence() + ". " + advice(error, scope)));
    }

    private static String advice(OktaError error, Optional<Scope> scope) {
        if (error.isFeatureOff()) {
            return "A feature is off: switch on Identity Source Apps for the org, in the Admin Console"
                    + " under Settings > Features or through Okta's support. The credentials are not at fault.";
        }
        if (!error.isOktas()) {
            return "This is not Okta's own error document, so it comes from something in front of Okta: a firewall, a proxy or a"
                    + " network zone that does not let this function through. Check OKTA_CLIENT_ORGURL and the way there.";
        }
        if (error.isInactiveApplication()) {
            return INACTIVE;
        }
        if (error.isInvalidToken()) {
            return "The token is not valid. An API token expires after 30 days without use, and stops working when the user who"
                    + " created it is deactivated: create another one as a user who stays, and set OKTA_CLIENT_TOKEN. With a service"
                    + " app, check OKTA_CLIENT_CLIENTID, OKTA_CLIENT_PRIVATEKEY and OKTA_CLIENT_KID.";
        }
        if (error.lacksScope()) {
            return "The token lacks a scope: grant "
                    + scope.map(needed -> "the scope " + needed.value()).orElse("the scopes that it asks for")
                    + " to the service app (OKTA_CLIENT_CLIENTID, Okta API Scopes), and add it to OKTA_CLIENT_SCOPES where that is set.";
        }
        if (error.isPermission()) {
            return "The credentials are known but not allowed. Grant "
                    + scope.map(needed -> "the scope " + needed.value()).orElse("the scopes that it asks for")
                    + " to the service app (OKTA_CLIENT_CLIENTID) and an admin role that manages the application; an API token has"
                    + " the role of the user who created it. If both are there, a network zone may keep this function out: Security >"
                    + " API > Tokens, or the service app's General tab, says where calls may come from.";
        }
        if (error.status() == 403) {
            return "Okta refuses this for a reason of its own, which is in errorSummary; more scopes or roles may not help.";
        }
        return "Check OKTA_CLIENT_TOKEN, or OKTA_CLIENT_CLIENTID, OKTA_CLIENT_PRIVATEKEY and OKTA_CLIENT_KID.";
    }

    /** Okta refuses a call because its application is inactive. */
    static Problem inactive(OktaError error) {
        return error.addTo(Problem.of(ProblemType.OKTA_REJECTED, error.sentence() + ". " + INACTIVE));
    }

    /** Okta refuses a session although no other one is in its way. */
    public static Problem noSession(Problem refusal) {
        return new Problem(
                ProblemType.OKTA_REJECTED,
                "Okta creates no session for this application, and no other session of the application is in the way. Check in"
                        + " the Admin Console that the application is active and that its API integration is enabled"
                        + " (Provisioning > Integration). What Okta says is in errorSummary and errorCauses.",
                refusal.recordsImported(),
                Optional.empty(),
                refusal.notImported(),
                refusal.more());
    }

    /** Okta refuses a bulk request after others may have been counted twice. */
    public static Problem mayBeFull(OktaError error) {
        return error.addTo(Problem.unavailable(
                error.sentence()
                        + " to a bulk request. A gateway in front of Okta had failed before, requests were sent again, and Okta may"
                        + " have counted some of them twice: the session's " + OktaLimits.REQUESTS_PER_SESSION
                        + " requests are probably used up. What is left needs another session.",
                TRY_AGAIN));
    }

    /** Any other 4xx. */
    public static Problem rejected(OktaError error) {
        return error.addTo(Problem.of(
                ProblemType.OKTA_REJECTED,
                error.sentence() + "."
                        + (error.summary().isPresent() ? " What Okta says is in errorSummary and errorCauses." : "")
                        + (error.id().isPresent() ? " Okta's support can look it up by the errorId." : "")));
    }

    /** A 400 because of the state that a session is in. */
    public static Problem conflict(OktaError error) {
        return error.addTo(
                Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        error.sentence()
                                + ": the session's state does not allow this, or another session of the application is active."));
    }

    /** A 404 that Okta has not given: whoever answers knows nothing of Okta's API. */
    static Problem notOkta(OktaError error) {
        return error.addTo(Problem.unavailable(
                error.sentence()
                        + ", but not with Okta's own error document: this is no Okta org, or something in front of it"
                        + " answers. Check OKTA_CLIENT_ORGURL.",
                TRY_AGAIN));
    }

    /** A success whose body is not what the call promises. */
    public static Problem unreadable(String expected) {
        return Problem.unavailable(
                "Okta's answer is not " + expected
                        + ". Something in front of Okta may have answered: check OKTA_CLIENT_ORGURL.",
                TRY_AGAIN);
    }

    /** A call was sent that must not be repeated blindly, and its answer was lost. */
    static Problem lost(OktaReply.Lost reply) {
        return Problem.unavailable(
                "A request was sent and " + reply.cause() + ": Okta may have carried it out.", TRY_AGAIN);
    }

    /** Okta answers 429 however often its limit should have been reset. */
    static Problem endlessLimit(OktaReply.Answered answer, int times, Duration delay) {
        return OktaError.of(answer)
                .addTo(Problem.unavailable(
                        "Okta has limited the rate of this call " + times
                                + " times in a row, and each time the limit should have been over by the next. Something else may use"
                                + " it up: Reports > Rate Limits in the Admin Console shows who. Send the rest again later.",
                        delay));
    }

    /** No answer that says anything; {@code delay} is how long to wait for the next attempt, where that is known. */
    static Problem unavailable(OktaReply reply, Optional<Duration> delay) {
        Duration wait = delay.orElse(TRY_AGAIN);
        if (reply instanceof OktaReply.Answered answer) {
            OktaError error = OktaError.of(answer);
            String what = answer.status() == 429
                    ? "Okta's rate limit outlasts the time this invocation has left."
                    : error.sentence() + ", again and again.";
            return error.addTo(Problem.unavailable(what, wait));
        }
        return reply instanceof OktaReply.Lost lost
                ? Problem.unavailable("No usable answer came from Okta: " + lost.cause() + ".", wait)
                : Problem.unavailable("Okta could not be reached: " + ((OktaReply.NotSent) reply).cause() + ".", wait);
    }
}
