package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Single calls to Okta on the caller's own thread, retried while that is safe and there is time. A circuit breaker around them lets later
 * invocations of the same instance fail immediately while Okta is down; every import begins with such a call.
 */
@Singleton
public class OktaExchange {

    /** As many failed attempts as two invocations make, without a single answer in between. */
    private static final int FAILURES_TO_OPEN = 2 * SendingPolicy.ATTEMPTS;

    private static final int OPEN_SECONDS = 3;

    private final OktaConnection connection;
    private final Credentials credentials;
    private final BreakerOnFirstUse breaker = new BreakerOnFirstUse();

    OktaExchange(OktaConnection connection, Credentials credentials) {
        this.connection = connection;
        this.credentials = credentials;
    }

    /**
     * Okta's answer: 2xx, or a 4xx for the caller to interpret.
     *
     * @throws ProblemException {@code okta-unauthorized}, or {@code okta-unavailable} when there is no such answer in time
     * @throws NoAnswerException when there was no answer at all
     */
    public OktaReply.Answered execute(OktaCall call, Deadline deadline) {
        return execute(call, deadline, reply -> {});
    }

    /**
     * The same.
     *
     * @param witness is given each attempt's reply, including those after which the call is retried
     */
    OktaReply.Answered execute(OktaCall call, Deadline deadline, Consumer<OktaReply> witness) {
        CredentialRenewal renewal = new CredentialRenewal(credentials);
        return Resending.execute(
                call,
                () -> {
                    OktaReply reply = once(call, deadline);
                    witness.accept(reply);
                    return reply;
                },
                refusal -> renewal.renew(refusal, deadline),
                deadline);
    }

    /** Fetches the credentials for a future call on another thread; only the token endpoint is called. */
    CredentialsAhead authorizeAhead(OktaCall call, Deadline deadline) {
        return CredentialsAhead.start(() -> credentials.authorize(call, deadline));
    }

    private OktaReply once(OktaCall call, Deadline deadline) {
        Authorization authorization = credentials.authorize(call, deadline);
        Duration timeout = OktaConnection.timeout(deadline);
        try {
            OktaReply reply = breaker.get()
                    .call(
                            () -> {
                                OktaReply outcome = connection
                                        .send(call, authorization, timeout)
                                        .join();
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
            throw new NoAnswerException(Problem.unavailable(
                    "The last calls to Okta all failed (no answer, or a 5xx). This attempt was not sent; try again in "
                            + OPEN_SECONDS
                            + " seconds.",
                    Duration.ofSeconds(OPEN_SECONDS)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The circuit breaker is created when the first call needs it, not at startup. */
    private static final class BreakerOnFirstUse {
        private Optional<Guard> made = Optional.empty();

        synchronized Guard get() {
            if (made.isEmpty()) {
                made = Optional.of(Guard.create()
                        .withCircuitBreaker()
                        .requestVolumeThreshold(FAILURES_TO_OPEN)
                        .failureRatio(1)
                        .delay(OPEN_SECONDS, ChronoUnit.SECONDS)
                        .done()
                        .build());
            }
            return made.get();
        }
    }

    /** Reports a failed attempt to the circuit breaker. */
    private static final class DownException extends RuntimeException {
        private final transient OktaReply reply;

        DownException(OktaReply reply) {
            super(null, null, false, false);
            this.reply = reply;
        }
    }
}
