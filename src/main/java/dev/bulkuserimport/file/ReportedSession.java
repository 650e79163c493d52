package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.SessionLife;
import dev.bulkuserimport.upload.CreationWindow;
import dev.bulkuserimport.upload.ManagedSession;
import dev.bulkuserimport.upload.SessionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records each step of a session's life in its file's report, and learns when Okta accepts the next session. */
final class ReportedSession implements SessionRecord {

    private static final String TRIGGERED = "TRIGGERED";

    private final Claim claim;
    private final int number;
    private final SessionPauses pauses;
    private final Deadline deadline;
    private Optional<Instant> createdAt = Optional.empty();

    ReportedSession(Claim claim, int number, SessionPauses pauses, Deadline deadline) {
        this.claim = claim;
        this.number = number;
        this.pauses = pauses;
        this.deadline = deadline;
    }

    private SessionLife now() {
        return claim.report().session(number).orElseThrow().life();
    }

    private void become(SessionLife life) {
        claim.change(report -> report.with(number, life));
    }

    /** Calls of earlier attempts that may have created an unknown session. */
    List<CreationWindow> calls() {
        return now() instanceof SessionLife.Creating creating ? creating.calls() : List.of();
    }

    void started(int records) {
        if (now() instanceof SessionLife.Existing existing) {
            become(new SessionLife.Started(existing.id(), existing.since(), TRIGGERED, records));
        }
    }

    /** The session is cancelled, if it isn't yet, and nothing is left to do for it. */
    void needless(ManagedSession session, Deadline limit) {
        if (now() instanceof SessionLife.Open) {
            session.clear(limit);
        }
        Instant at = Instant.now();
        String id = session.id().orElseThrow();
        int people = claim.report().session(number).orElseThrow().deactivations();
        String whom = people == 1 ? "the person" : "any of the " + people + " people";
        become(SessionLife.Done.needless(id, at, at));
        claim.change(report -> report.noting("Okta doesn't know " + whom
                + " whom session " + number + " was to deactivate, so there was nothing to do. The session "
                + id + " was cancelled"
                + (report.compared().isPresent() ? ", and they are no longer active in the state." : ".")));
    }

    @Override
    public void creating(List<CreationWindow> calls) {
        claim.note(
                report -> report.with(number, new SessionLife.Creating(calls)).withState(FileState.IMPORTING),
                deadline);
    }

    @Override
    public void unanswered(List<CreationWindow> calls) {
        become(calls.isEmpty() ? new SessionLife.Planned() : new SessionLife.Creating(calls));
    }

    @Override
    public void created(ImportSession session) {
        createdAt = session.created();
        claim.note(report -> report.with(number, new SessionLife.Loading(session.id(), Instant.now())), deadline);
    }

    @Override
    public void tooSoon() {
        pauses.tooSoon(claim.report(), deadline);
    }

    @Override
    public void begun(ImportSession session) {
        pauses.begun(claim.report(), createdAt, session, deadline);
    }

    @Override
    public void starting(int records) {
        if (now() instanceof SessionLife.Loading loading) {
            claim.note(report -> report.with(number, loading.starting(records)), deadline);
        }
    }

    @Override
    public void dropped() {
        // Written with whatever is next: who finds the session's ID finds in Okta that it is closed.
        become(new SessionLife.Planned());
    }
}
