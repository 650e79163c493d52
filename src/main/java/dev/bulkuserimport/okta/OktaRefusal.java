package dev.bulkuserimport.okta;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.time.Duration;

/** Which problem an answer of Okta's is, in one place. */
public final class OktaRefusal {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private OktaRefusal() {}

    /** 401 or 403. */
    public static Problem unauthorized(OktaError error, OktaCall call) {
        String advice = error.status() == 403
                ? " The credentials are known but not allowed: grant the scope "
                        + call.scope().value()
                        + " to the service app (OKTA_CLIENT_CLIENTID) and an admin role that manages the application."
                : " Check OKTA_CLIENT_TOKEN, or OKTA_CLIENT_CLIENTID, OKTA_CLIENT_PRIVATEKEY and OKTA_CLIENT_KID.";
        return error.addTo(Problem.of(ProblemType.OKTA_UNAUTHORIZED, error.sentence() + "." + advice));
    }

    /** Any other 4xx. */
    public static Problem rejected(OktaError error) {
        return error.addTo(Problem.of(
                ProblemType.OKTA_REJECTED,
                error.sentence() + "." + (error.id() == null ? "" : " Okta's support can look it up by the errorId.")));
    }

    /** A 400 because of the state that a session is in. */
    public static Problem conflict(OktaError error) {
        return error.addTo(Problem.of(ProblemType.SESSION_CONFLICT, error.sentence() + "."));
    }

    /** A bulk request was sent and its answer was lost. */
    public static Problem lost(OktaReply.Lost reply) {
        return Problem.unavailable(
                "A bulk request was sent and " + reply.cause()
                        + ": Okta may have accepted it. Its records are listed as unknown."
                        + " Sending them again to the same session is safe when their values are the same, but uses up one more"
                        + " of its 50 requests.",
                TRY_AGAIN);
    }

    /** No answer that says anything; {@code delay} is how long to wait for the next attempt, null when that is unknown. */
    public static Problem unavailable(OktaReply reply, Duration delay) {
        Duration wait = delay == null ? TRY_AGAIN : delay;
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
