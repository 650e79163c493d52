package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.report.FileSession;
import java.util.Optional;

/** The only session of a file that a single invocation imports. */
final class HeldSession implements PreparedSessions {

    private Optional<SessionPlan> held = Optional.empty();

    @Override
    public Optional<String> keep(SessionPlan plan) {
        // A plan's memory is only used again for another session, and there is none.
        held = Optional.of(plan);
        return Optional.empty();
    }

    @Override
    public SessionPlan plan(FileSession session, Deadline deadline) {
        return held.orElse(SessionPlan.EMPTY);
    }

    @Override
    public void sent(SessionPlan plan) {
        // Its users are looked for in Okta afterwards.
    }

    @Override
    public void forget(int count) {
        held = Optional.empty();
    }
}
