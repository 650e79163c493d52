package dev.bulkuserimport.file;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.Successor;
import java.util.Optional;

/** The next step of a file's import, decided by {@link FilePolicy} and executed by {@link FileRunner}. */
sealed interface Next {

    /** Determine a fact. */
    record Ask(Found.Fact fact) implements Next {}

    /**
     * Resume or discard what an earlier attempt left of a session in Okta.
     *
     * @param closing whether nothing is sent any more, so that nothing is started either
     */
    record Settle(int number, boolean closing) implements Next {}

    /** Read, check and plan the file. */
    record Read() implements Next {}

    /** Ensure that a session is in Okta. */
    record Send(int number) implements Next {}

    /** Record the started sessions in the application's state. */
    record Learn() implements Next {}

    /** Ask Okta, as long as there is time, until it has finished the only session. */
    record Follow() implements Next {}

    /** Determine the file's users' status in Okta. */
    record Look() implements Next {}

    /** The errand is done, but the import hasn't ended: release it. */
    record Rest() implements Next {}

    /**
     * The import is over.
     *
     * @param state how
     * @param problem why it failed; empty where it didn't
     * @param note a sentence for the report
     * @param by what has superseded it; empty where nothing has
     */
    record End(FileState state, Optional<Problem> problem, Optional<String> note, Optional<Successor> by)
            implements Next {

        static End completed() {
            return new End(FileState.COMPLETED, Optional.empty(), Optional.empty(), Optional.empty());
        }

        static End failed(Problem problem) {
            return new End(FileState.FAILED, Optional.of(problem), Optional.empty(), Optional.empty());
        }

        static End newerVersion() {
            return superseded(
                    Successor.NEWER_VERSION,
                    "A newer version of this key has replaced this one before its import began");
        }

        static End olderSnapshot() {
            return superseded(
                    Successor.NEWER_SNAPSHOT, "A newer snapshot of the application was imported before this one");
        }

        static End interrupted() {
            return superseded(
                    Successor.NEWER_SNAPSHOT,
                    "A newer snapshot of the application was imported while this one was interrupted");
        }

        static End overtaken() {
            return superseded(
                    Successor.NEWER_SNAPSHOT,
                    "A newer snapshot of the application came while this file waited for a decision");
        }

        static End outdated() {
            return superseded(
                    Successor.NEWER_FILE,
                    "It was uploaded more than a day before it was planned, and a newer file of the application has been"
                            + " imported since. If it is still right, upload it again");
        }

        private static End superseded(Successor by, String why) {
            return new End(FileState.SUPERSEDED, Optional.empty(), Optional.of(why), Optional.of(by));
        }
    }

    /** The import has ended, but the log line may be missing. */
    record Tell() implements Next {}

    /** The import can't continue now. */
    record Refuse(Problem problem) implements Next {}
}
