package dev.bulkuserimport.report;

import dev.bulkuserimport.upload.CreationWindow;
import dev.bulkuserimport.upload.Imported;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state of a file's session. Each state contains what is known in it, and is written to the report before the step that it names. */
public sealed interface SessionLife {

    /** Its name in reports and answers. */
    SessionState state();

    /** Okta's ID; empty as long as there is none. */
    default Optional<String> sessionId() {
        return Optional.empty();
    }

    /** Okta's last known status; empty if it was never requested. */
    default Optional<String> status() {
        return Optional.empty();
    }

    /** How it counts for whoever asks about its end: Okta's status, and completed if Okta had nothing to do. */
    default Optional<String> outcome() {
        return status();
    }

    /** Records in requests that Okta accepted, as long as the session contains them. */
    default int records() {
        return 0;
    }

    /** The same with groups and memberships, where not all of its requests were accepted. */
    default Imported accepted() {
        return new Imported(records(), 0, 0);
    }

    /** Whether Okta accepted all of its requests, and the session contains them. */
    default boolean holdsAll() {
        return false;
    }

    /** When it was created; empty before that. */
    default Optional<Instant> createdAt() {
        return Optional.empty();
    }

    /** When Okta was found to have finished it; empty before that. */
    default Optional<Instant> finishedAt() {
        return Optional.empty();
    }

    /** A session that may be open in Okta, so that it has to be resumed or discarded before anything else is done with its users. */
    sealed interface Open extends SessionLife {}

    /** A session that exists in Okta. */
    sealed interface Existing extends SessionLife {

        String id();

        Instant since();

        @Override
        default Optional<String> sessionId() {
            return Optional.of(id());
        }

        @Override
        default Optional<Instant> createdAt() {
            return Optional.of(since());
        }
    }

    /** A session of which Okta has returned a status since it was loaded. */
    sealed interface Reported extends Existing {
        String word();

        @Override
        default Optional<String> status() {
            return Optional.of(word());
        }

        @Override
        default boolean holdsAll() {
            return true;
        }
    }

    /** Ready to be sent; there is no session in Okta. */
    record Planned() implements SessionLife {
        @Override
        public SessionState state() {
            return SessionState.PLANNED;
        }
    }

    /**
     * A session has been requested; whether Okta created it is unknown.
     *
     * @param calls the calls that may have created it, at least one
     */
    record Creating(List<CreationWindow> calls) implements Open {

        public Creating {
            calls = List.copyOf(calls);
        }

        @Override
        public SessionState state() {
            return SessionState.CREATING;
        }
    }

    /** The session exists, and users are being uploaded. */
    record Loading(String id, Instant since) implements Open, Existing {
        @Override
        public SessionState state() {
            return SessionState.LOADING;
        }

        @Override
        public Optional<String> status() {
            return Optional.of("CREATED");
        }

        public SessionLife starting(int records) {
            return new Starting(id, since, records);
        }
    }

    /** Everything has been uploaded and the start has been requested; whether Okta started is unknown. */
    record Starting(String id, Instant since, int records) implements Open, Existing {
        @Override
        public boolean holdsAll() {
            return true;
        }

        @Override
        public SessionState state() {
            return SessionState.STARTING;
        }

        @Override
        public Optional<String> status() {
            return Optional.of("IN_PROGRESS");
        }
    }

    /** Okta is processing it. For a caller's session: everything has been uploaded, and the caller starts it. */
    record Started(String id, Instant since, String word, int records) implements Reported {
        @Override
        public SessionState state() {
            return SessionState.STARTED;
        }

        /** The state after Okta reported the status {@code now}, which may be final. */
        public SessionLife seen(String now, Instant when) {
            return switch (SessionState.seen(now)) {
                case DONE -> new Done(id, since, now, records, when);
                case BROKEN -> Broken.ended(id, since, now, when);
                default -> new Started(id, since, now, records);
            };
        }
    }

    /** Everything was uploaded, but Okta didn't finish it within the time for which it is followed. */
    record Unconfirmed(String id, Instant since, String word, int records) implements Reported {
        @Override
        public SessionState state() {
            return SessionState.UNCONFIRMED;
        }
    }

    /** Okta has finished it, or it was cancelled because Okta knows none of the people whom it was to deactivate. */
    record Done(String id, Instant since, String word, int records, Instant at) implements Reported {

        private static final String CANCELLED = "CLOSED";
        private static final String COMPLETED = "COMPLETED";

        /** Nothing was left to do for it: it was cancelled. */
        public static Done needless(String id, Instant since, Instant at) {
            return new Done(id, since, CANCELLED, 0, at);
        }

        public boolean isNeedless() {
            return word.equals(CANCELLED);
        }

        @Override
        public Optional<String> outcome() {
            return Optional.of(isNeedless() ? COMPLETED : word);
        }

        @Override
        public SessionState state() {
            return SessionState.DONE;
        }

        @Override
        public Optional<Instant> finishedAt() {
            return Optional.of(at);
        }
    }

    /**
     * Okta ended it without importing everything, or a caller's session didn't accept everything.
     *
     * @param accepted what a caller's session holds nevertheless
     * @param at empty for a caller's session
     */
    record Broken(String id, Instant since, String word, Imported accepted, Optional<Instant> at) implements Reported {

        /** A session that Okta ended, of whose content nothing is certain. */
        public static Broken ended(String id, Instant since, String word, Instant at) {
            return new Broken(id, since, word, Imported.NOTHING, Optional.of(at));
        }

        @Override
        public int records() {
            return accepted.users();
        }

        @Override
        public boolean holdsAll() {
            return false;
        }

        @Override
        public SessionState state() {
            return SessionState.BROKEN;
        }

        @Override
        public Optional<Instant> finishedAt() {
            return at;
        }
    }

    /** It was not started, because a newer version of the file has replaced this one. */
    record Superseded() implements SessionLife {
        @Override
        public SessionState state() {
            return SessionState.SUPERSEDED;
        }
    }
}
