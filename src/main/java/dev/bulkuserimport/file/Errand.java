package dev.bulkuserimport.file;

import java.util.Optional;

/** A request for a file's import: a notification runs everything at once, the state machine step by step. */
sealed interface Errand {

    /** A notification: everything, in this invocation. */
    record Whole() implements Errand {}

    /** The state machine's first step. */
    record Plan() implements Errand {}

    /** The state machine's step for one session. */
    record Send(int number) implements Errand {}

    /** The state machine's last step, after an error or without one. */
    record Finish(Optional<StepError> error) implements Errand {}
}
