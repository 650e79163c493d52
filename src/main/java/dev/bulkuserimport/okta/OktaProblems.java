package dev.bulkuserimport.okta;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.OktaLimits;
import java.time.Duration;
import java.util.Optional;

/** Maps Okta's answers to problems, with advice on how to fix them. Okta's own words never appear in a detail. */
public final class OktaProblems {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private static final String INACTIVE =
            "The application is inactive or in a state that doesn't allow this: activate it in the Admin Console"
                    + " (Applications > Applications) and check its provisioning. Retrying doesn't help.";

    private OktaProblems() {}

    /** 401 or 403, or a feature that is off. */
    public static Problem unauthorized(OktaError error, Optional<Scope> scope) {
        String advice = ". " + advice(error, scope);
        return error.isOktas(scope)
                ? error.addTo(Problem.of(ProblemType.OKTA_UNAUTHORIZED, error.sentence() + advice))
                : foreign(error, Problem.of(ProblemType.OKTA_UNAUTHORIZED, error.answered() + advice));
    }

    /** What answers in Okta's place has no code and no words of Okta's. */
    private static Problem foreign(OktaError error, Problem problem) {
        return problem.with("oktaStatus", error.status()).with("errorId", error.id());
    }

    private static String advice(OktaError error, Optional<Scope> scope) {
        if (error.isFeatureOff()) {
            return "A feature is off: turn on Identity Source Apps for the org, in the Admin Console under Settings"
                    + " > Features or through Okta Support. The credentials are not the cause.";
        }
        if (!error.isOktas(scope)) {
            return "This is not Okta's own error document, so it comes from something in front of Okta: a firewall,"
                    + " a proxy or a"
                    + " network zone that blocks this function. Check OKTA_CLIENT_ORGURL and the network path to Okta.";
        }
        if (error.isInactiveApplication()) {
            return INACTIVE;
        }
        if (error.isInvalidToken()) {
            return "The token is not valid. An API token expires after 30 days without use, and stops working when"
                    + " the user who"
                    + " created it is deactivated: create another one as a user who will not be deactivated, and"
                    + " set OKTA_CLIENT_TOKEN. With a service"
                    + " app, check OKTA_CLIENT_CLIENTID, OKTA_CLIENT_PRIVATEKEY and OKTA_CLIENT_KID.";
        }
        if (error.lacksScope()) {
            return "The token is missing a scope: grant "
                    + scope.map(needed -> "the scope " + needed.value()).orElse("the requested scopes")
                    + " to the service app (OKTA_CLIENT_CLIENTID, Okta API Scopes), and add it to"
                    + " OKTA_CLIENT_SCOPES if that is set.";
        }
        if (error.isPermission()) {
            return "The credentials are valid but lack permission. Grant "
                    + scope.map(needed -> "the scope " + needed.value()).orElse("the requested scopes")
                    + " to the service app (OKTA_CLIENT_CLIENTID) and an admin role that manages the application;"
                    + " an API token has the role of the user who created it. If both are in place, a network zone"
                    + " may block this function: Security > API > Tokens, or the service app's General tab, shows"
                    + " where calls may come from.";
        }
        if (error.status() == 403) {
            return "Okta gives its own reason in errorSummary; more scopes or roles may not help.";
        }
        return "Check OKTA_CLIENT_TOKEN, or OKTA_CLIENT_CLIENTID, OKTA_CLIENT_PRIVATEKEY and OKTA_CLIENT_KID.";
    }

    /** Okta answers 404 for an application. */
    public static Problem unknownApplication(String app) {
        return Problem.of(
                ProblemType.APPLICATION_NOT_FOUND,
                "Okta has no Custom Identity Source application " + app + ". Check applicationId.");
    }

    /** Whether Okta refused a call because its application is inactive: whoever called may do so. */
    public static boolean isInactiveApplication(Problem problem) {
        return problem.detail().contains(INACTIVE);
    }

    /** Okta refuses a call because its application is inactive. */
    static Problem inactive(OktaError error) {
        return error.addTo(Problem.of(ProblemType.OKTA_REJECTED, error.sentence() + ". " + INACTIVE));
    }

    /** Okta refuses to create a session although no other session is in the way. */
    public static Problem noSession(Problem refusal) {
        return refusal.as(
                ProblemType.OKTA_REJECTED,
                "Okta doesn't create a session for this application, although no other session of the application"
                        + " is in the way. Check in"
                        + " the Admin Console that the application is active and that its API integration is enabled"
                        + " (Provisioning > Integration). Okta's reason is in errorSummary and errorCauses.");
    }

    /** Okta refuses a bulk request after earlier ones may have been counted twice. */
    public static Problem mayBeFull(OktaError error) {
        return error.addTo(Problem.unavailable(
                error.sentence()
                        + " to a bulk request. A gateway in front of Okta had failed before, requests were sent"
                        + " again, and Okta may"
                        + " have counted some of them twice: the session's " + OktaLimits.REQUESTS_PER_SESSION
                        + " requests are probably used up. The remaining records need another session.",
                TRY_AGAIN));
    }

    /** Any other 4xx. */
    public static Problem rejected(OktaError error) {
        if (!error.hasOktaCode()) {
            return foreign(
                    error,
                    Problem.of(
                            ProblemType.OKTA_REJECTED,
                            error.answered() + ", without a readable error document of Okta's:"
                                    + " something in front of Okta may refuse the call. Check OKTA_CLIENT_ORGURL and"
                                    + " the network path to Okta."));
        }
        return error.addTo(Problem.of(
                ProblemType.OKTA_REJECTED,
                error.sentence() + "."
                        + (error.summary().isPresent() ? " Okta's reason is in errorSummary and errorCauses." : "")
                        + (error.id().isPresent() ? " Okta Support can look it up by the errorId." : "")));
    }

    /**
     * A refused call about a session.
     *
     * @param changes whether the call would change something: no session is in the way of one that only reads
     */
    static Problem refused(OktaError error, boolean changes) {
        boolean ofState = error.status() == 400 || error.status() == 409;
        if (ofState && error.isInactiveApplication()) {
            return inactive(error);
        }
        // What is in front of Okta knows nothing of sessions.
        boolean conflicts = error.hasOktaCode() && (error.status() == 409 || ofState && changes);
        return conflicts ? conflict(error) : rejected(error);
    }

    /** A 400 caused by a session's state. */
    static Problem conflict(OktaError error) {
        return error.addTo(Problem.of(
                ProblemType.SESSION_CONFLICT,
                error.sentence()
                        + ": the session's state does not allow this, or another session of the application"
                        + " is active."));
    }

    /**
     * Okta refuses to create a session after an earlier attempt that may have created it, or its answer was lost.
     *
     * @param active the application's session, if Okta lists one that is as empty as a new one
     */
    static Problem perhapsCreated(Problem failure, Optional<ImportSession> active) {
        String what = failure.type() == ProblemType.SESSION_CONFLICT
                ? "An attempt to create the session failed in front of Okta, and then Okta refused another one: the"
                        + " session may have been created."
                : failure.detail() + " The session may have been created.";
        Problem perhaps = new Problem(
                ProblemType.OKTA_UNAVAILABLE,
                what
                        + active.map(session -> " It would be " + session.id() + " (" + session.status()
                                        + "), which is empty: use it, unless someone else has created it.")
                                .orElse(" List the sessions before creating another one."),
                failure.recordsImported(),
                Optional.of(TRY_AGAIN),
                failure.notImported(),
                failure.more());
        return perhaps.with("activeSessionId", active.map(ImportSession::id))
                .with("sessionStatus", active.map(ImportSession::status));
    }

    /** A 404 that isn't from Okta: the server that answers doesn't have Okta's API. */
    static Problem notOkta(OktaError error) {
        return foreign(
                error,
                Problem.unavailable(
                        error.answered()
                                + ", but not with Okta's own error document: this is not an Okta org, or something in front"
                                + " of it answers. Check OKTA_CLIENT_ORGURL.",
                        TRY_AGAIN));
    }

    /** A success with an unexpected body. */
    public static Problem unreadable(String expected) {
        return Problem.unavailable(
                "Okta's answer is not " + expected
                        + ". Something in front of Okta may have answered: check OKTA_CLIENT_ORGURL.",
                TRY_AGAIN);
    }

    /** The answer to a call that must not be repeated blindly was lost. */
    static Problem lost(OktaReply.Lost reply) {
        return Problem.unavailable(
                "A request was sent and " + reply.cause() + ": Okta may have carried it out.", TRY_AGAIN);
    }

    /** Okta keeps answering 429 although its limit should have been reset. */
    static Problem endlessLimit(OktaReply.Answered answer, int times, Duration delay) {
        return OktaError.of(answer)
                .addTo(Problem.unavailable(
                        "Okta has limited the rate of this call " + times
                                + " times in a row, although the limit should have been reset before each attempt."
                                + " Another client may be using it up: see Reports > Rate Limits in the Admin"
                                + " Console. Send the rest again later.",
                        delay));
    }

    /** No usable answer; {@code delay} is how long to wait before the next attempt, if known. */
    static Problem unavailable(OktaReply reply, Optional<Duration> delay) {
        Duration wait = delay.orElse(TRY_AGAIN);
        if (reply instanceof OktaReply.Answered answer) {
            OktaError error = OktaError.of(answer);
            String what = answer.status() == 429
                    ? "Okta's rate limit lasts longer than the time this invocation has left."
                    : (error.hasOktaCode() ? error.sentence() : error.answered()) + " repeatedly.";
            Problem problem = Problem.unavailable(what, wait);
            return error.hasOktaCode() ? error.addTo(problem) : foreign(error, problem);
        }
        return reply instanceof OktaReply.Lost lost
                ? Problem.unavailable("Okta gave no usable answer: " + lost.cause() + ".", wait)
                : Problem.unavailable("Okta could not be reached: " + ((OktaReply.NotSent) reply).cause() + ".", wait);
    }
}
