package dev.bulkuserimport.okta;

import dev.bulkuserimport.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Decides whether a call is sent again, for single calls, token requests and uploads alike. A pure function: it doesn't wait, call anything
 * or keep state.
 *
 * <ul>
 *   <li>429: send again when Okta's window ends, or with fewer requests at once.
 *   <li>5xx or no connection: send again after a backoff. A lost answer: only if repeating the call is harmless.
 *   <li>401: send again with a new credential, if there is one.
 *   <li>403, a disabled feature, or a 404 that isn't Okta's: give up.
 *   <li>Anything else is for the caller to interpret.
 * </ul>
 */
public final class SendingPolicy {

    /** The most attempts of one call that may end in a fault. */
    public static final int ATTEMPTS = 4;

    /** The most attempts of one call that may end in a 429. Each waits for Okta's own reset, so the time left is the real bound. */
    static final int THROTTLED_ATTEMPTS = 20;

    /** A policy with random jitter. */
    public static final SendingPolicy JITTERED =
            new SendingPolicy(() -> ThreadLocalRandom.current().nextDouble());

    private final DoubleSupplier chance;

    /** @param chance supplies numbers from 0 to 1 */
    SendingPolicy(DoubleSupplier chance) {
        this.chance = chance;
    }

    /** What to do after {@code reply} to {@code call}, given what was {@code tried} before. */
    public NextStep decide(OktaReply reply, OktaCall call, Tried tried) {
        if (reply instanceof OktaReply.Answered answer) {
            return answered(answer, call, tried);
        }
        if (reply instanceof OktaReply.Lost lost && !call.repeatable()) {
            return new NextStep.GiveUp(OktaProblems.lost(lost));
        }
        return fault(reply, Optional.empty(), tried);
    }

    private NextStep answered(OktaReply.Answered answer, OktaCall call, Tried tried) {
        if (answer.isSuccess()) {
            return new NextStep.Take(answer);
        }
        if (answer.status() == 429) {
            return throttled(answer, tried);
        }
        if (answer.status() >= 500) {
            return fault(answer, answer.retryAfter(), tried);
        }
        OktaError error = OktaError.of(answer);
        if (answer.status() == 403 || error.isFeatureOff()) {
            return new NextStep.GiveUp(OktaProblems.unauthorized(error, call.scope()));
        }
        if (answer.status() == 401) {
            return tried.olderCredential()
                    ? new NextStep.SendAgain(Duration.ZERO, NextStep.Reason.NEWER_CREDENTIAL)
                    : new NextStep.Renew(answer);
        }
        if (answer.status() == 404 && !error.isOktas(call.scope())) {
            return new NextStep.GiveUp(OktaProblems.notOkta(error));
        }
        return new NextStep.Take(answer);
    }

    private NextStep throttled(OktaReply.Answered answer, Tried tried) {
        RateLimit limit = answer.rateLimit();
        Duration delay;
        if (limit.isConcurrencyLimit() || limit.untilReset().isEmpty()) {
            delay = longer(Backoff.delay(tried.throttles() + 1, chance), answer.retryAfter());
        } else {
            // Jitter, so that callers waiting for the same window don't all return at once.
            delay = longer(limit.untilReset().get(), answer.retryAfter())
                    .plusMillis(50 + (long) (450 * chance.getAsDouble()));
        }
        if (tried.throttles() + 1 >= THROTTLED_ATTEMPTS) {
            return new NextStep.GiveUp(OktaProblems.endlessLimit(answer, THROTTLED_ATTEMPTS, delay));
        }
        return new NextStep.SendAgain(
                delay, limit.isConcurrencyLimit() ? NextStep.Reason.CONCURRENCY : NextStep.Reason.WINDOW);
    }

    private NextStep fault(OktaReply reply, Optional<Duration> retryAfter, Tried tried) {
        if (tried.faults() + 1 >= ATTEMPTS) {
            return new NextStep.GiveUp(OktaProblems.unavailable(reply, retryAfter));
        }
        return new NextStep.SendAgain(
                longer(Backoff.delay(tried.faults() + 1, chance), retryAfter), NextStep.Reason.FAULT);
    }

    /** A retry would make sense, but not in the time left. */
    public static Problem outlasted(OktaReply reply, Duration delay) {
        return OktaProblems.unavailable(reply, Optional.of(delay));
    }

    private static Duration longer(Duration a, Optional<Duration> b) {
        return b.filter(other -> other.compareTo(a) > 0).orElse(a);
    }
}
