package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.SessionEntry;
import dev.bulkuserimport.upload.CreationWindow;
import dev.bulkuserimport.upload.SessionRecord;
import java.time.Instant;
import java.util.List;

/** Writes each step of a session's life into the report of its file. */
final class RecordedSession implements SessionRecord {

    private final Claim claim;
    private final int number;
    private final Deadline deadline;

    RecordedSession(Claim claim, int number, Deadline deadline) {
        this.claim = claim;
        this.number = number;
        this.deadline = deadline;
    }

    private SessionEntry now() {
        return claim.report().session(number).orElseThrow();
    }

    private void change(SessionEntry entry) {
        claim.report().session(entry);
    }

    @Override
    public void creating(List<CreationWindow> windows) {
        change(now().creating(windows));
        claim.report().state(FileState.IMPORTING);
        claim.note(deadline);
    }

    @Override
    public void unanswered(List<CreationWindow> windows) {
        change(now().unanswered(windows));
    }

    @Override
    public void created(String sessionId) {
        change(now().created(sessionId, Instant.now()));
        claim.note(deadline);
    }

    @Override
    public void starting(int recordsImported) {
        change(now().starting(recordsImported));
        claim.note(deadline);
    }

    @Override
    public void dropped() {
        // Written with whatever is next: who finds the session's id finds in Okta that it is closed.
        change(now().dropped());
    }
}
