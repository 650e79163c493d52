package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.Durations;
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
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.OktaLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Uploads one plan into one session. The requests are asynchronous; all decisions are made on the invocation's thread, which takes the
 * replies from a queue, so no state is shared.
 *
 * <p>{@link SendingPolicy} decides what is retried. A request whose answer was lost is not retried: Okta may have accepted it, the same
 * user twice in a session is a race, and each attempt uses up one of the session's 50 requests. Its records are reported as unknown. So are
 * those of a request that got a 5xx from something in front of Okta and was then not accepted: such a request is retried, since a gateway's
 * failure seldom means that Okta has received it, but after all others.
 *
 * <p>Any failure, including a bug, ends in a result that accounts for every record.
 */
final class UploadRun {

    /** A request is not started with less time left than this, or than twice the slowest answer so far: its answer would be lost. */
    private static final Duration LEAST_TIME = Duration.ofMillis(500);

    private static final String UNKNOWN =
            "Its records are listed as unknown. Sending them again to the same session is safe if their values haven't"
                    + " changed, but uses up one more of its 50 requests.";

    private final OktaConnection connection;
    private final Credentials credentials;
    private final SessionLookup session;
    private final SessionPlan plan;
    private final Deadline deadline;
    private final CredentialRenewal renewal;
    private final Width width;
    private final Pace pace;

    private final UploadAccount account;
    private final WaitingRequests waiting;
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final Stop stop = new Stop();
    private boolean interrupted;
    private int sentInDoubt;

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
        this.pace = new Pace(width);
        this.account = new UploadAccount(plan);
        this.waiting = new WaitingRequests(plan, System.nanoTime());
    }

    /** Sends everything that can be sent; always returns before the deadline, with every record accounted for. */
    UploadResult execute() {
        while (!interrupted && (pace.inFlight() > 0 || !stop.isStopped() && !waiting.isEmpty())) {
            long wait = Pace.AFTER_AN_ANSWER;
            try {
                wait = launch();
            } catch (RuntimeException | StackOverflowError e) {
                stop.crashed(e);
            }
            take(wait).ifPresent(reply -> {
                pace.ended(operation(reply.attempt), System.nanoTime());
                try {
                    settle(reply);
                } catch (RuntimeException | StackOverflowError e) {
                    stop.crashed(e);
                }
            });
        }
        return account.result(stop.failure());
    }

    /** Starts the requests that may be started now. Returns the nanoseconds until the next one may be. */
    private long launch() {
        while (!stop.isStopped() && !waiting.isEmpty()) {
            Optional<Attempt> first = waiting.next();
            if (first.isEmpty()) {
                if (pace.inFlight() == 0) {
                    // What they wait for wasn't accepted.
                    waiting.clear();
                }
                return Pace.AFTER_AN_ANSWER;
            }
            Attempt next = first.get();
            long now = System.nanoTime();
            long wait = pace.untilNext(operation(next), now);
            if (wait == Pace.AFTER_AN_ANSWER) {
                return wait;
            }
            wait = Math.max(wait, next.notBefore() - now);
            if (!deadline.leaves(Duration.ofNanos(Math.max(0, wait)).plus(timeForOne()))) {
                stop.outOfTime(Duration.ofNanos(Math.max(0, wait)));
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

    private BulkOperation operation(Attempt attempt) {
        return plan.requests().get(attempt.index()).operation();
    }

    private Duration timeForOne() {
        return Durations.longer(Duration.ofNanos(2 * account.slowestNanos()), LEAST_TIME);
    }

    private void send(Attempt attempt) {
        BulkRequest request = plan.requests().get(attempt.index());
        OktaCall call = session.upload(plan, request);
        Authorization authorization;
        try {
            authorization = credentials.authorize(call, deadline);
        } catch (ProblemException e) {
            stop.now(e.problem());
            return;
        }
        if (attempt.isInDoubt()) {
            sentInDoubt++;
        }
        long now = System.nanoTime();
        account.sent(attempt, attempt.send(now, renewal.generation(), width.generation()));
        pace.sent(request.operation(), now);
        connection
                .send(call, authorization, OktaConnection.timeout(deadline))
                .thenAccept(reply -> replies.add(new Reply(attempt, call, authorization, reply)));
    }

    private Optional<Reply> take(long wait) {
        try {
            if (wait != Pace.AFTER_AN_ANSWER) {
                return Optional.ofNullable(replies.poll(wait, TimeUnit.NANOSECONDS));
            }
            return pace.inFlight() > 0 ? Optional.of(replies.take()) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = true;
            stop.crashed(e);
            return Optional.empty();
        }
    }

    private void settle(Reply reply) {
        Attempt attempt = reply.attempt;
        long now = System.nanoTime();
        if (reply.reply instanceof OktaReply.Answered answer) {
            account.answered(now - attempt.sentAt());
            stop.answered();
            credentials.learn(answer);
            pace.learn(operation(attempt), answer.rateLimit(), now);
            if (answer.isGatewayFailure()) {
                attempt.doubt();
            }
            account.notAccepted(attempt, NotImported.Outcome.REJECTED);
        } else if (reply.reply instanceof OktaReply.NotSent) {
            account.notAccepted(attempt, NotImported.Outcome.NOT_SENT);
        }
        NextStep step = SendingPolicy.JITTERED.decide(reply.reply, reply.call, attempt.tried(renewal.generation()));
        if (step instanceof NextStep.Take take) {
            taken(attempt, take.answer(), now);
        } else if (step instanceof NextStep.SendAgain again) {
            again(attempt, reply.reply, again, now);
        } else if (step instanceof NextStep.Renew renew) {
            renew(reply, renew.refusal(), now);
        } else if (step instanceof NextStep.GiveUp over) {
            if (reply.reply instanceof OktaReply.Lost) {
                stop.lost(over.problem().adding(UNKNOWN));
            } else {
                stop.now(inDoubt(attempt, over.problem()));
            }
        }
    }

    private void taken(Attempt attempt, OktaReply.Answered answer, long now) {
        if (!answer.isSuccess()) {
            refused(attempt, answer);
        } else if (answer.isAcceptance()) {
            account.accepted(attempt);
            waiting.accepted(attempt);
            width.answered(now - attempt.sentAt(), attempt.widthGeneration());
        } else {
            attempt.doubt();
            account.notAccepted(attempt, NotImported.Outcome.UNKNOWN);
            stop.lost(
                    OktaProblems.unreadable("the acceptance of a bulk request").adding(UNKNOWN));
        }
    }

    private void again(Attempt attempt, OktaReply reply, NextStep.SendAgain again, long now) {
        switch (again.because()) {
            case WINDOW -> {
                account.throttled();
                width.throttled(attempt.widthGeneration());
                pace.pause(operation(attempt), again.delay(), now);
            }
            case CONCURRENCY -> {
                account.throttled();
                width.throttled(attempt.widthGeneration());
            }
            case FAULT, NEWER_CREDENTIAL -> {
                // Only this request has to wait.
            }
        }
        if (again.because() != NextStep.Reason.NEWER_CREDENTIAL) {
            stop.note(inDoubt(attempt, SendingPolicy.outlasted(reply, again.delay())));
        }
        attempt.again(again.because(), now + again.delay().toNanos());
        waiting.again(attempt);
    }

    private void renew(Reply reply, OktaReply.Answered refusal, long now) {
        Attempt attempt = reply.attempt;
        boolean renewed;
        try {
            renewed = !stop.isStopped() && renewal.renew(reply.call, reply.authorization, refusal, deadline);
        } catch (ProblemException e) {
            stop.now(e.problem());
            return;
        }
        if (renewed) {
            attempt.again(NextStep.Reason.NEWER_CREDENTIAL, now);
            waiting.again(attempt);
        } else {
            stop.now(inDoubt(attempt, OktaProblems.unauthorized(OktaError.of(refusal), reply.call.scope())));
        }
    }

    /** A 4xx: either the session accepts nothing any more, or only this request is refused and the others may still be accepted. */
    private void refused(Attempt attempt, OktaReply.Answered answer) {
        OktaError error = OktaError.of(answer);
        if (stop.isStopped()) {
            return;
        }
        SessionLookup.Refusal refusal = session.refusal(error, deadline);
        Problem problem = inDoubt(
                attempt, refusal.sessionOver() || !mayBeFull() ? refusal.problem() : OktaProblems.mayBeFull(error));
        stop.refused(problem, refusal.sessionOver());
    }

    /**
     * Whether requests that were retried after a gateway's failure, and may have been counted twice, can have used up the session's
     * requests.
     */
    private boolean mayBeFull() {
        return sentInDoubt > 0 && plan.requests().size() + sentInDoubt > OktaLimits.REQUESTS_PER_SESSION;
    }

    /** A problem, and what it means for a request that Okta may have accepted anyway. */
    private static Problem inDoubt(Attempt attempt, Problem problem) {
        return attempt.isInDoubt() ? problem.adding(UNKNOWN) : problem;
    }

    private record Reply(Attempt attempt, OktaCall call, Authorization authorization, OktaReply reply) {}
}
