package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Single calls of Okta, on the invocation's own thread: sent again while that is safe and there is time. A circuit breaker around
 * them lets later invocations of the same instance fail at once while Okta is down; every import begins with such a call.
 */
@Singleton
public class OktaExchange {

    /** Two invocations' worth of failed sendings without a single answer in between. */
    private static final int FAILURES_TO_OPEN = 2 * Backoff.ATTEMPTS;

    private static final int OPEN_SECONDS = 3;

    private final OktaConnection connection;
    private final Credentials credentials;
    private Guard breaker;

    OktaExchange(OktaConnection connection, Credentials credentials) {
        this.connection = connection;
        this.credentials = credentials;
    }

    /**
     * Okta's answer: 2xx, or a 4xx that is the caller's to understand.
     *
     * @throws ProblemException {@code okta-unauthorized}, or {@code okta-unavailable} when no such answer can be had in time
     */
    public OktaReply.Answered execute(OktaCall call, Deadline deadline) {
        int failures = 0;
        int throttled = 0;
        Refusals refusals = new Refusals(credentials);
        while (true) {
            OktaReply reply = once(call, deadline);
            Duration delay;
            if (reply instanceof OktaReply.Answered answer && answer.status() == 429) {
                throttled++;
                delay = throttled < Backoff.THROTTLED_ATTEMPTS ? Backoff.throttleDelay(answer, throttled) : null;
            } else if (reply instanceof OktaReply.Answered answer && answer.status() == 401) {
                if (!refusals.mend(answer, deadline)) {
                    throw OktaRefusal.unauthorized(OktaError.of(answer), call).exception();
                }
                delay = Duration.ZERO;
            } else if (reply instanceof OktaReply.Answered answer && answer.status() < 500) {
                if (answer.status() == 403) {
                    throw OktaRefusal.unauthorized(OktaError.of(answer), call).exception();
                }
                return answer;
            } else {
                failures++;
                boolean again =
                        failures < Backoff.ATTEMPTS && (call.repeatable() || !(reply instanceof OktaReply.Lost));
                delay = again ? Backoff.faultDelay(reply, failures) : null;
            }
            if (delay == null || !deadline.leaves(delay)) {
                throw OktaRefusal.unavailable(reply, delay).exception();
            }
            Backoff.sleep(delay);
        }
    }

    private OktaReply once(OktaCall call, Deadline deadline) {
        Authorization authorization = credentials.authorize(call, deadline);
        Duration timeout = OktaConnection.timeout(deadline);
        try {
            OktaReply reply = breaker()
                    .call(
                            () -> {
                                OktaReply outcome = connection
                                        .send(call, authorization, timeout)
                                        .await()
                                        .indefinitely();
                                if (outcome instanceof OktaReply.Answered answer && answer.status() < 500) {
                                    return outcome;
                                }
                                throw new DownException(outcome);
                            },
                            OktaReply.class);
            if (reply instanceof OktaReply.Answered answer) {
                credentials.learn(answer);
            }
            return reply;
        } catch (DownException e) {
            return e.reply;
        } catch (CircuitBreakerOpenException e) {
            throw Problem.unavailable(
                            "Okta has not answered any of the last calls. This one was not sent; try again in "
                                    + OPEN_SECONDS + " seconds.",
                            Duration.ofSeconds(OPEN_SECONDS))
                    .exception();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Guard breaker() {
        if (breaker == null) {
            breaker = Guard.create()
                    .withCircuitBreaker()
                    .requestVolumeThreshold(FAILURES_TO_OPEN)
                    .failureRatio(1)
                    .delay(OPEN_SECONDS, ChronoUnit.SECONDS)
                    .done()
                    .build();
        }
        return breaker;
    }

    /** Tells the breaker of a sending that failed. */
    private static final class DownException extends RuntimeException {
        private final transient OktaReply reply;

        DownException(OktaReply reply) {
            super(null, null, false, false);
            this.reply = reply;
        }
    }
}
