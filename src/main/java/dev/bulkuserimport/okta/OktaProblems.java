package dev.bulkuserimport.okta;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;

/** Which problem an answer of Okta's is, and what its reader can do about it. Okta's own words never stand in a detail. */
public final class OktaProblems {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private OktaProblems() {}

    /** 401 or 403, or a feature that is off. */
    public static Problem unauthorized(OktaError error, Optional<Scope> scope) {
        return error.addTo(Problem.of(ProblemType.OKTA_UNAUTHORIZED, error.sentence() + ". " + advice(error, scope)));
    }

    private static String advice(OktaError error, Optional<Scope> scope) {
        if (error.isFeatureOff()) {
            return "This code stands for a feature that is off: switch on Identity Source Apps for the org, in the Admin Console"
                    + " under Settings > Features or through Okta's support. The credentials are not at fault.";
        }
        if (!error.isOktas()) {
            return "This is not Okta's own error document, so it comes from something in front of Okta: a firewall, a proxy or a"
                    + " network zone that does not let this function through. Check OKTA_CLIENT_ORGURL and the way there.";
        }
        if (error.status() == 403) {
            return "The credentials are known but not allowed: grant "
                    + scope.map(needed -> "the scope " + needed.value()).orElse("the scopes that it asks for")
                    + " to the service app (OKTA_CLIENT_CLIENTID) and an admin role that manages the application.";
        }
        return "Check OKTA_CLIENT_TOKEN, or OKTA_CLIENT_CLIENTID, OKTA_CLIENT_PRIVATEKEY and OKTA_CLIENT_KID.";
    }

    /** Any other 4xx. */
    public static Problem rejected(OktaError error) {
        return error.addTo(Problem.of(
                ProblemType.OKTA_REJECTED,
                error.sentence() + "."
                        + (error.summary().isPresent() ? " What Okta says stands in errorSummary and errorCauses." : "")
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
        String cause = reply instanceof OktaReply.NotSent notSent ? notSent.cause() : ((OktaReply.Lost) reply).cause();
        return Problem.unavailable("Okta could not be reached: " + cause + ".", wait);
    }
}
