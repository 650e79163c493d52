package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.GuardKind;
import dev.bulkuserimport.problem.Problem;

/**
 * A limit that stops an import that would change too much.
 *
 * @param kind what it limits
 * @param isOwn whether it is in the file itself, so that it can't be raised from outside
 */
public record StoppingGuard(GuardKind kind, boolean isOwn) {

    static StoppingGuard of(Problem refusal) {
        return new StoppingGuard(
                GuardKind.of(refusal).orElse(GuardKind.DEACTIVATIONS),
                "payload".equals(refusal.more().get("limitSetBy")));
    }
}
