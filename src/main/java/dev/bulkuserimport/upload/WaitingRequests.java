package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.rules.BulkOperation;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The requests of a plan that are not in flight, and have to be sent yet, or again. They come in stages, as in the plan: all people, then
 * groups, then memberships, because a membership must never reach Okta before its group and its member.
 */
final class WaitingRequests {

    private final Deque<Attempt> waiting = new ArrayDeque<>();

    /** The stage of each request. */
    private final int[] stages;

    /** How many requests of each stage Okta has not accepted. */
    private final int[] open;

    private int current;

    /** @param now a {@link System#nanoTime} value */
    WaitingRequests(SessionPlan plan, long now) {
        List<BulkRequest> requests = plan.requests();
        this.stages = new int[requests.size()];
        this.open = new int[requests.size() + 1];
        int stage = 0;
        for (int i = 0; i < stages.length; i++) {
            BulkOperation.Kind before =
                    requests.get(Math.max(0, i - 1)).operation().kind();
            stage += before == requests.get(i).operation().kind() ? 0 : 1;
            stages[i] = stage;
            open[stage]++;
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
                .filter(attempt -> stages[attempt.index()] == current)
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

    /** Okta has accepted it: once all requests of a stage are accepted, the next stage may be sent. */
    void accepted(Attempt attempt) {
        if (--open[stages[attempt.index()]] == 0) {
            current++;
        }
    }

    /** None of them is sent any more. */
    void clear() {
        waiting.clear();
    }
}
