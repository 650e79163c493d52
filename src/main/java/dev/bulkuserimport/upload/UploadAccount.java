package dev.bulkuserimport.upload;

import dev.bulkuserimport.metrics.Effort;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The state of each of a plan's requests, and the effort so far: at any time it accounts for every record. */
final class UploadAccount {

    private final SessionPlan plan;
    /** Of each request; empty for one that Okta accepted. */
    private final List<Optional<NotImported.Outcome>> outcomes;

    private int accepted;
    private int retries;
    private int throttles;
    private long oktaNanos;
    private long slowestNanos;

    UploadAccount(SessionPlan plan) {
        this.plan = plan;
        this.outcomes =
                new ArrayList<>(Collections.nCopies(plan.requests().size(), Optional.of(NotImported.Outcome.NOT_SENT)));
    }

    /** A request is sent: until its reply is known, Okta may have accepted it. */
    void sent(Attempt attempt, boolean again) {
        outcomes.set(attempt.index(), Optional.of(NotImported.Outcome.UNKNOWN));
        if (again) {
            retries++;
        }
    }

    /** Records Okta's response time, in nanoseconds. */
    void answered(long nanos) {
        oktaNanos += nanos;
        slowestNanos = Math.max(slowestNanos, nanos);
    }

    void throttled() {
        throttles++;
    }

    void accepted(Attempt attempt) {
        outcomes.set(attempt.index(), Optional.empty());
        accepted++;
    }

    /** The request was not accepted this time; its outcome depends on whether an earlier attempt may have been. */
    void notAccepted(Attempt attempt, NotImported.Outcome outcome) {
        outcomes.set(attempt.index(), Optional.of(attempt.isInDoubt() ? NotImported.Outcome.UNKNOWN : outcome));
    }

    /** The slowest response time, in nanoseconds. */
    long slowestNanos() {
        return slowestNanos;
    }

    /**
     * The result.
     *
     * @param failure why not everything was accepted, if known
     */
    UploadResult result(Optional<Problem> failure) {
        Effort effort = new Effort(accepted, retries, throttles, TimeUnit.NANOSECONDS.toMillis(oktaNanos));
        Imported imported = Imported.of(plan, outcomes);
        int deactivated = Imported.deactivated(plan, outcomes);
        if (accepted == outcomes.size()) {
            return new UploadResult(imported, deactivated, effort, Optional.empty());
        }
        Problem problem = failure.orElseGet(
                        () -> Problem.unavailable("Not everything could be sent.", Duration.ofSeconds(1)))
                .after(imported.users(), Ranges.notImported(plan, outcomes));
        return new UploadResult(imported, deactivated, effort, Optional.of(imported.addTo(problem, plan)));
    }
}
