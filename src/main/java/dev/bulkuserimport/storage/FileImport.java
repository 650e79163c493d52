package dev.bulkuserimport.storage;

import dev.bulkuserimport.base.Deadline;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The import of a file in four steps, for a state machine that calls one after the other: plan it, import each session, follow it to its
 * end, finish. Each step may be repeated, killed and repeated, and sends nobody twice.
 */
@Singleton
public class FileImport {

    /**
     * Reads and checks all of a file and prepares its sessions.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when the file is refused, which its report says by then, or can't be read now
     */
    public FilePlan planFile(ObjectVersion object, Deadline deadline) {
        throw new UnsupportedOperationException("planFile");
    }

    /**
     * Creates, loads and starts one session of a planned file.
     *
     * @param number the session's, from 1
     * @throws dev.bulkuserimport.problem.ProblemException when it could not; {@code session-conflict} when another import is first
     */
    public SessionImport importSession(ImportId importId, int number, Deadline deadline) {
        throw new UnsupportedOperationException("importSession");
    }

    /** Asks Okta once how far it is with a session that was started. */
    public SessionFollow followSession(ImportId importId, int number, Deadline deadline) {
        throw new UnsupportedOperationException("followSession");
    }

    /**
     * Closes a file's import, its report and its page.
     *
     * @param error the name of what ended the state machine's last step, as Step Functions gives it ({@code States.Timeout},
     *     {@code dev.bulkuserimport.event.FunctionError$OktaUnavailableException}); empty when nothing failed
     */
    public FileSummary finishFile(ImportId importId, Optional<String> error, Deadline deadline) {
        throw new UnsupportedOperationException("finishFile");
    }

    /** The same for a file whose planning failed, so that nobody has its id. */
    public FileSummary finishFile(ObjectVersion object, Optional<String> error, Deadline deadline) {
        throw new UnsupportedOperationException("finishFile");
    }
}
