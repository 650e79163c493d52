package dev.bulkuserimport.report;

import java.time.Instant;
import java.util.Optional;

/**
 * The attempt that holds an import.
 *
 * @param stepped whether a state machine runs it step by step, so that it is not held between steps
 * @param attempts the number of attempts, including this one
 * @param attempt the last attempt's unique name
 * @param expiresAt until when that attempt can be running; empty once it has released the import
 */
public record Hold(boolean stepped, int attempts, Optional<String> attempt, Optional<Instant> expiresAt) {

    static final Hold NONE = new Hold(false, 0, Optional.empty(), Optional.empty());

    public Hold released() {
        return new Hold(stepped, attempts, attempt, Optional.empty());
    }

    /** Whether no attempt can be running. */
    public boolean isFree(Instant now) {
        return expiresAt.isEmpty() || now.isAfter(expiresAt.get());
    }
}
