package dev.bulkuserimport.report;

import java.time.Instant;
import java.util.Optional;

/**
 * Who works on an import.
 *
 * @param stepped whether a state machine drives it step by step, so that no one holds it between two of them
 * @param attempts how many attempts there were, this one included
 * @param attempt the last attempt's own name
 * @param expiresAt until when that attempt can be at work; empty when it has let go
 */
public record Hold(boolean stepped, int attempts, Optional<String> attempt, Optional<Instant> expiresAt) {

    static final Hold NONE = new Hold(false, 0, Optional.empty(), Optional.empty());

    public Hold released() {
        return new Hold(stepped, attempts, attempt, Optional.empty());
    }

    /** Whether no one can be at work on it. */
    public boolean isFree(Instant now) {
        return expiresAt.isEmpty() || now.isAfter(expiresAt.get());
    }
}
