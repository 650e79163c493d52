package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.SessionPlan;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/** The requests of a plan that are not in flight, and have to be sent yet, or again. */
final class WaitingRequests {

    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private final Stages stages;

    /** @param now a {@link System#nanoTime} value */
    WaitingRequests(SessionPlan plan, long now) {
        this.stages = new Stages(plan);
        for (int i = 0; i < plan.requests().size(); i++) {
            waiting.add(new Attempt(i, now));
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * The next request to send; empty if all wait for requests before them. A request that Okta may already have comes after all others,
     * which it could otherwise crowd out of the session's requests.
     */
    Optional<Attempt> next() {
        return waiting.stream()
                .filter(attempt -> stages.isOpen(attempt.index()))
                .min(Comparator.comparing(Attempt::isInDoubt)
                        .thenComparing((a, b) -> Long.signum(a.notBefore() - b.notBefore())));
    }

    /** It is sent. */
    void remove(Attempt attempt) {
        waiting.remove(attempt);
    }

    /** It has to be sent again. */
    void again(Attempt attempt) {
        waiting.addFirst(attempt);
    }

    /** Okta has accepted it, so that others may follow. */
    void accepted(Attempt attempt) {
        stages.accepted(attempt.index());
    }

    /** None of them is sent any more. */
    void clear() {
        waiting.clear();
    }
}
