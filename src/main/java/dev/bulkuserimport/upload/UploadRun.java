package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.metrics.Effort;
import dev.bulkuserimport.okta.Authorization;
import dev.bulkuserimport.okta.Backoff;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaRefusal;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.okta.Refusals;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One plan on its way into one session. The requests are asynchronous; everything that decides about them happens on the invocation's
 * thread, which takes the replies from a queue, so no state is shared.
 *
 * <p>What is sent again: requests that Okta refused with 429, 5xx or (once, with a new credential) 401, and those for which no connection
 * came about. A request whose answer was lost is not: Okta may have accepted it, the same user twice in a session is a race, and each
 * sending uses up one of the session's 50 requests. Its records are reported as unknown.
 */
final class UploadRun {

    /** Lost answers in a row after which no more requests are started: more of them would only add to what is unknown. */
    private static final int LOST_TO_STOP = 3;

    /** Requests that Okta refuses, after which no more are started, even though the session still takes some. */
    private static final int REFUSED_TO_STOP = 3;

    /** A request is not started with less time than this, or than twice what the slowest took: its answer would be lost. */
    private static final Duration LEAST_TIME = Duration.ofMillis(500);

    private final OktaConnection connection;
    private final Credentials credentials;
    private final SessionLookup session;
    private final SessionPlan plan;
    private final Deadline deadline;
    private final Refusals refusals;
    private final Pace pace;

    private final RequestOutcome[] outcomes;
    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private int inFlight;
    private Problem stopped;
    private Problem fault;
    private int refused;
    private int lostInARow;
    private int accepted;
    private int retries;
    private int throttles;
    private long oktaNanos;
    private long slowestNanos;

    UploadRun(
            OktaConnection connection,
            Credentials credentials,
            SessionLookup session,
            SessionPlan plan,
            int parallel,
            Deadline deadline) {
        this.connection = connection;
        this.credentials = credentials;
        this.session = session;
        this.plan = plan;
        this.deadline = deadline;
        this.refusals = new Refusals(credentials);
        this.pace = new Pace(parallel, System.nanoTime());
        this.outcomes = new RequestOutcome[plan.requests().size()];
        Arrays.fill(outcomes, RequestOutcome.NOT_SENT);
        for (int i = 0; i < outcomes.length; i++) {
            waiting.add(new Attempt(i));
        }
    }

    /** Sends everything that can be sent; always comes back before the deadline, with every record accounted for. */
    UploadResult execute() {
        while (inFlight > 0 || stopped == null && !waiting.isEmpty()) {
            long wait = launch();
            Reply reply = take(wait);
            if (reply != null) {
                inFlight--;
                settle(reply);
            }
        }
        return result();
    }

    /** Starts what may be started now; the nanoseconds until the next one may be. */
    private long launch() {
        while (stopped == null && !waiting.isEmpty()) {
            long now = System.nanoTime();
            long wait = pace.untilNext(inFlight, now);
            if (wait == Long.MAX_VALUE) {
                return wait;
            }
            Attempt next = soonest();
            wait = Math.max(wait, next.notBefore - now);
            if (!deadline.leaves(Duration.ofNanos(Math.max(0, wait)).plus(timeForOne()))) {
                stopped = outOfTime(Duration.ofNanos(Math.max(0, wait)));
                return Long.MAX_VALUE;
            }
            if (wait > 0) {
                return wait;
            }
            waiting.remove(next);
            send(next);
        }
        return Long.MAX_VALUE;
    }

    private Attempt soonest() {
        Attempt soonest = waiting.peek();
        for (Attempt attempt : waiting) {
            if (attempt.notBefore - soonest.notBefore < 0) {
                soonest = attempt;
            }
        }
        return soonest;
    }

    private Duration timeForOne() {
        Duration usual = Duration.ofNanos(2 * slowestNanos);
        return usual.compareTo(LEAST_TIME) > 0 ? usual : LEAST_TIME;
    }

    private void send(Attempt attempt) {
        BulkRequest request = plan.requests().get(attempt.index);
        OktaCall call = session.upload(plan, request);
        Authorization authorization;
        try {
            authorization = credentials.authorize(call, deadline);
        } catch (ProblemException e) {
            stopped = e.problem();
            return;
        }
        attempt.generation = refusals.generation();
        attempt.sentAt = System.nanoTime();
        if (attempt.sendings++ > 0) {
            retries++;
        }
        inFlight++;
        Duration timeout = OktaConnection.timeout(deadline);
        connection
                .send(call, authorization, timeout)
                .subscribe()
                .with(reply -> replies.add(new Reply(attempt, call, reply)));
    }

    private Reply take(long wait) {
        try {
            return wait == Long.MAX_VALUE
                    ? (inFlight > 0 ? replies.take() : null)
                    : replies.poll(wait, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Okta", e);
        }
    }

    private void settle(Reply reply) {
        Attempt attempt = reply.attempt;
        long now = System.nanoTime();
        if (reply.reply instanceof OktaReply.Answered answer) {
            oktaNanos += now - attempt.sentAt;
            slowestNanos = Math.max(slowestNanos, now - attempt.sentAt);
            lostInARow = 0;
            credentials.learn(answer);
            if (!answer.rateLimit().isConcurrencyLimit()) {
                pace.learn(answer.rateLimit(), now);
            }
            answered(attempt, reply.call, answer, now);
        } else if (reply.reply instanceof OktaReply.NotSent) {
            outcomes[attempt.index] = RequestOutcome.NOT_SENT;
            again(attempt, reply.reply, now);
        } else {
            outcomes[attempt.index] = RequestOutcome.UNKNOWN;
            fault = OktaRefusal.lost((OktaReply.Lost) reply.reply);
            if (++lostInARow >= LOST_TO_STOP) {
                stop(fault);
            }
        }
    }

    private void answered(Attempt attempt, OktaCall call, OktaReply.Answered answer, long now) {
        if (answer.isSuccess()) {
            outcomes[attempt.index] = RequestOutcome.ACCEPTED;
            accepted++;
            return;
        }
        outcomes[attempt.index] = RequestOutcome.REJECTED;
        if (answer.status() == 429) {
            throttled(attempt, answer, now);
        } else if (answer.status() >= 500) {
            again(attempt, answer, now);
        } else if (answer.status() == 401) {
            boolean older = attempt.generation < refusals.generation();
            if (stopped == null && (older || refusals.mend(answer, deadline))) {
                waiting.addFirst(attempt);
            } else {
                stop(OktaRefusal.unauthorized(OktaError.of(answer), call));
            }
        } else if (answer.status() == 403) {
            stop(OktaRefusal.unauthorized(OktaError.of(answer), call));
        } else {
            refused(answer);
        }
    }

    private void throttled(Attempt attempt, OktaReply.Answered answer, long now) {
        throttles++;
        attempt.throttled++;
        Duration delay = Backoff.throttleDelay(answer, attempt.throttled);
        if (attempt.throttled >= Backoff.THROTTLED_ATTEMPTS) {
            stop(OktaRefusal.unavailable(answer, delay));
            return;
        }
        if (answer.rateLimit().isConcurrencyLimit()) {
            pace.halve();
            attempt.notBefore = now + delay.toNanos();
        } else {
            pace.pause(delay, now);
        }
        fault = OktaRefusal.unavailable(answer, delay);
        waiting.addFirst(attempt);
    }

    private void again(Attempt attempt, OktaReply reply, long now) {
        attempt.failures++;
        Duration delay = Backoff.faultDelay(reply, attempt.failures);
        if (attempt.failures >= Backoff.ATTEMPTS) {
            stop(OktaRefusal.unavailable(reply, null));
            return;
        }
        attempt.notBefore = now + delay.toNanos();
        fault = OktaRefusal.unavailable(reply, delay);
        waiting.addFirst(attempt);
    }

    /** A 4xx: either the session takes nothing any more, or it is this request alone and the others may still get in. */
    private void refused(OktaReply.Answered answer) {
        Problem problem = session.refusal(OktaError.of(answer));
        fault = problem;
        if (stopped != null) {
            return;
        }
        if (++refused >= REFUSED_TO_STOP || answer.status() == 404 || !session.takesUploads(deadline)) {
            stop(session.describe(problem));
        }
    }

    private void stop(Problem problem) {
        if (stopped == null) {
            stopped = problem;
        }
    }

    private Problem outOfTime(Duration wait) {
        if (fault != null && fault.type() == ProblemType.OKTA_UNAVAILABLE && wait.compareTo(Duration.ZERO) > 0) {
            return fault;
        }
        return Problem.unavailable(
                wait.isZero()
                        ? "The time that this invocation has is used up. Send the rest again, or give the function a longer time-out."
                        : "Okta's rate limit outlasts the time this invocation has left. Send the rest again later.",
                wait.isZero() ? Duration.ofSeconds(1) : wait);
    }

    private UploadResult result() {
        int imported = 0;
        boolean all = true;
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == RequestOutcome.ACCEPTED) {
                imported += plan.requests().get(i).users();
            } else {
                all = false;
            }
        }
        Effort effort = new Effort(accepted, retries, throttles, TimeUnit.NANOSECONDS.toMillis(oktaNanos));
        if (all) {
            return new UploadResult(imported, effort, Optional.empty());
        }
        Problem failure = (stopped != null ? stopped : fault).after(imported, Ranges.notImported(plan, outcomes));
        return new UploadResult(imported, effort, Optional.of(failure));
    }

    /** One bulk request's way through the sendings that it may need. */
    private static final class Attempt {
        private final int index;
        private int sendings;
        private int failures;
        private int throttled;
        private int generation;
        private long sentAt;
        private long notBefore = System.nanoTime();

        Attempt(int index) {
            this.index = index;
        }
    }

    private record Reply(Attempt attempt, OktaCall call, OktaReply reply) {}
}
