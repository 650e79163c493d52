package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.metrics.Effort;
import dev.bulkuserimport.okta.Authorization;
import dev.bulkuserimport.okta.CredentialRenewal;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.NextStep;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaProblems;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.okta.SendingPolicy;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.problem.StackTraces;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One plan on its way into one session. The requests are asynchronous; everything that decides about them happens on the invocation's
 * thread, which takes the replies from a queue, so no state is shared.
 *
 * <p>What is sent again is {@link SendingPolicy}'s decision. A request whose answer was lost is not: Okta may have accepted it, the same
 * user twice in a session is a race, and each sending uses up one of the session's 50 requests. Its records are reported as unknown.
 *
 * <p>Whatever goes wrong here, ours or not, ends in a result that accounts for every record.
 */
final class UploadRun {

    private static final Logger LOG = Logger.getLogger(UploadRun.class);

    /** Lost answers in a row after which no more requests are started: more of them would only add to what is unknown. */
    private static final int LOST_TO_STOP = 3;

    /** Requests that Okta refuses, after which no more are started, even though the session still takes some. */
    private static final int REFUSED_TO_STOP = 3;

    /** A request is not started with less time than this, or than twice what the slowest took: its answer would be lost. */
    private static final Duration LEAST_TIME = Duration.ofMillis(500);

    private static final String UNKNOWN =
            "Its records are listed as unknown. Sending them again to the same session is safe when"
                    + " their values are the same, but uses up one more of its 50 requests.";

    private final OktaConnection connection;
    private final Credentials credentials;
    private final SessionLookup session;
    private final SessionPlan plan;
    private final Deadline deadline;
    private final CredentialRenewal renewal;
    private final Width width;
    private final Pace pace;

    private final RequestOutcome[] outcomes;
    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private int inFlight;
    private Optional<Problem> stopped = Optional.empty();
    private Optional<Problem> fault = Optional.empty();
    private boolean interrupted;
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
            Width width,
            Deadline deadline) {
        this.connection = connection;
        this.credentials = credentials;
        this.session = session;
        this.plan = plan;
        this.deadline = deadline;
        this.renewal = new CredentialRenewal(credentials);
        this.width = width;
        long now = System.nanoTime();
        this.pace = new Pace(width, now);
        this.outcomes = new RequestOutcome[plan.requests().size()];
        Arrays.fill(outcomes, RequestOutcome.NOT_SENT);
        for (int i = 0; i < outcomes.length; i++) {
            waiting.add(new Attempt(i, now));
        }
    }

    /** Sends everything that can be sent; always comes back before the deadline, with every record accounted for. */
    UploadResult execute() {
        while (!interrupted && (inFlight > 0 || stopped.isEmpty() && !waiting.isEmpty())) {
            long wait = Pace.AFTER_AN_ANSWER;
            try {
                wait = launch();
            } catch (RuntimeException | StackOverflowError e) {
                crashed(e);
            }
            take(wait).ifPresent(reply -> {
                inFlight--;
                try {
                    settle(reply);
                } catch (RuntimeException | StackOverflowError e) {
                    crashed(e);
                }
            });
        }
        return result();
    }

    /** Starts what may be started now; the nanoseconds until the next one may be. */
    private long launch() {
        while (stopped.isEmpty() && !waiting.isEmpty()) {
            long now = System.nanoTime();
            long wait = pace.untilNext(inFlight, now);
            if (wait == Pace.AFTER_AN_ANSWER) {
                return wait;
            }
            Attempt next = soonest();
            wait = Math.max(wait, next.notBefore() - now);
            if (!deadline.leaves(Duration.ofNanos(Math.max(0, wait)).plus(timeForOne()))) {
                stop(outOfTime(Duration.ofNanos(Math.max(0, wait))));
                return Pace.AFTER_AN_ANSWER;
            }
            if (wait > 0) {
                return wait;
            }
            waiting.remove(next);
            send(next);
        }
        return Pace.AFTER_AN_ANSWER;
    }

    private Attempt soonest() {
        Attempt soonest = waiting.element();
        for (Attempt attempt : waiting) {
            if (attempt.notBefore() - soonest.notBefore() < 0) {
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
        BulkRequest request = plan.requests().get(attempt.index());
        OktaCall call = session.upload(plan, request);
        Authorization authorization;
        try {
            authorization = credentials.authorize(call, deadline);
        } catch (ProblemException e) {
            stop(e.problem());
            return;
        }
        if (attempt.send(System.nanoTime(), renewal.generation(), width.generation())) {
            retries++;
        }
        // Until its reply says better, Okta may have it.
        outcomes[attempt.index()] = RequestOutcome.UNKNOWN;
        inFlight++;
        width.sent(inFlight);
        connection
                .send(call, authorization, OktaConnection.timeout(deadline))
                .thenAccept(reply -> replies.add(new Reply(attempt, call, reply)));
    }

    private Optional<Reply> take(long wait) {
        try {
            if (wait != Pace.AFTER_AN_ANSWER) {
                return Optional.ofNullable(replies.poll(wait, TimeUnit.NANOSECONDS));
            }
            return inFlight > 0 ? Optional.of(replies.take()) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = true;
            crashed(e);
            return Optional.empty();
        }
    }

    private void settle(Reply reply) {
        Attempt attempt = reply.attempt;
        long now = System.nanoTime();
        if (reply.reply instanceof OktaReply.Answered answer) {
            oktaNanos += now - attempt.sentAt();
            slowestNanos = Math.max(slowestNanos, now - attempt.sentAt());
            lostInARow = 0;
            credentials.learn(answer);
            pace.learn(answer.rateLimit(), now);
            outcomes[attempt.index()] = RequestOutcome.REJECTED;
        } else if (reply.reply instanceof OktaReply.NotSent) {
            outcomes[attempt.index()] = RequestOutcome.NOT_SENT;
        }
        NextStep step = SendingPolicy.JITTERED.decide(reply.reply, reply.call, attempt.tried(renewal.generation()));
        if (step instanceof NextStep.Take take) {
            taken(attempt, take.answer(), now);
        } else if (step instanceof NextStep.SendAgain again) {
            again(attempt, reply.reply, again, now);
        } else if (step instanceof NextStep.Renew renew) {
            renew(attempt, reply.call, renew.refusal(), now);
        } else if (step instanceof NextStep.GiveUp over) {
            if (reply.reply instanceof OktaReply.Lost) {
                lost(over.problem().adding(UNKNOWN));
            } else {
                stop(over.problem());
            }
        }
    }

    private void taken(Attempt attempt, OktaReply.Answered answer, long now) {
        if (!answer.isSuccess()) {
            refused(answer);
        } else if (answer.isAcceptance()) {
            outcomes[attempt.index()] = RequestOutcome.ACCEPTED;
            accepted++;
            width.answered(now - attempt.sentAt(), attempt.widthGeneration());
        } else {
            outcomes[attempt.index()] = RequestOutcome.UNKNOWN;
            lost(OktaProblems.unreadable("the acceptance of a bulk request").adding(UNKNOWN));
        }
    }

    private void again(Attempt attempt, OktaReply reply, NextStep.SendAgain again, long now) {
        switch (again.because()) {
            case WINDOW -> {
                throttles++;
                width.throttled(attempt.widthGeneration());
                pace.pause(again.delay(), now);
            }
            case CONCURRENCY -> {
                throttles++;
                width.throttled(attempt.widthGeneration());
            }
            case FAULT, NEWER_CREDENTIAL -> {
                // Only this request waits.
            }
        }
        if (again.because() != NextStep.Reason.NEWER_CREDENTIAL) {
            fault = Optional.of(SendingPolicy.outlasted(reply, again.delay()));
        }
        attempt.again(again.because(), now + again.delay().toNanos());
        waiting.addFirst(attempt);
    }

    private void renew(Attempt attempt, OktaCall call, OktaReply.Answered refusal, long now) {
        boolean renewed;
        try {
            renewed = stopped.isEmpty() && renewal.renew(refusal, deadline);
        } catch (ProblemException e) {
            stop(e.problem());
            return;
        }
        if (renewed) {
            attempt.again(NextStep.Reason.NEWER_CREDENTIAL, now);
            waiting.addFirst(attempt);
        } else {
            stop(OktaProblems.unauthorized(OktaError.of(refusal), call.scope()));
        }
    }

    /** Okta may have it, or not. */
    private void lost(Problem problem) {
        fault = Optional.of(problem);
        if (++lostInARow >= LOST_TO_STOP) {
            stop(problem);
        }
    }

    /** A 4xx: either the session takes nothing any more, or it is this request alone and the others may still get in. */
    private void refused(OktaReply.Answered answer) {
        OktaError error = OktaError.of(answer);
        if (stopped.isPresent()) {
            return;
        }
        SessionLookup.Refusal refusal = session.refusal(error, deadline);
        fault = Optional.of(refusal.problem());
        if (refusal.sessionOver() || ++refused >= REFUSED_TO_STOP) {
            stop(refusal.problem());
        }
    }

    private void stop(Problem problem) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(problem);
        }
    }

    /** A fault of ours: nothing more is sent, and what is out is waited for. The log gets where it happened, but no message. */
    private void crashed(Throwable bug) {
        String id = UUID.randomUUID().toString();
        LOG.errorf("internal-error requestId=%s: an upload broke off%s", id, StackTraces.of(bug));
        stop(Problem.internalError(
                "The function has a fault of its own, met while it was sending. Nothing more was sent; what is in, what is not and"
                        + " what is unknown is listed. Its log says more under this request id.",
                id));
    }

    private Problem outOfTime(Duration wait) {
        if (wait.isZero()) {
            return Problem.unavailable(
                    "The time that this invocation has is used up. Send the rest again, or give the function a longer time-out.",
                    Duration.ofSeconds(1));
        }
        return fault.filter(known -> known.type() == ProblemType.OKTA_UNAVAILABLE)
                .orElseGet(() -> Problem.unavailable(
                        "Okta's rate limit outlasts the time this invocation has left. Send the rest again later.",
                        wait));
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
        Problem failure = stopped.or(() -> fault)
                .orElseGet(() -> Problem.unavailable("Not everything could be sent.", Duration.ofSeconds(1)))
                .after(imported, Ranges.notImported(plan, outcomes));
        return new UploadResult(imported, effort, Optional.of(failure));
    }

    private record Reply(Attempt attempt, OktaCall call, OktaReply reply) {}
}
