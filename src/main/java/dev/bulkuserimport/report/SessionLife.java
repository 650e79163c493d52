package dev.bulkuserimport.report;

import dev.bulkuserimport.upload.CreationWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far one session of a file is. Each state has what is known in it, and is written into the report before the step that it names. */
public sealed interface SessionLife {

    /** Its name in reports and answers. */
    SessionState state();

    /** Okta's ID; empty as long as there is none. */
    default Optional<String> sessionId() {
        return Optional.empty();
    }

    /** Okta's last known word for its state; empty when no one asked. */
    default Optional<String> status() {
        return Optional.empty();
    }

    /** Records in requests that Okta accepted, as long as the session holds them. */
    default int records() {
        return 0;
    }

    /** Whether Okta accepted all of its requests, and the session holds them. */
    default boolean holdsAll() {
        return false;
    }

    /** When it was created; empty before that. */
    default Optional<Instant> createdAt() {
        return Optional.empty();
    }

    /** When Okta was seen to be done with it; empty before that. */
    default Optional<Instant> finishedAt() {
        return Optional.empty();
    }

    /** One that may be open in Okta, so that it has to be resumed or discarded before anything else is done with its users. */
    sealed interface Open extends SessionLife {}

    /** One that exists in Okta. */
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

    /** Ready to be sent; there is no session in Okta. */
    record Planned() implements SessionLife {
        @Override
        public SessionState state() {
            return SessionState.PLANNED;
        }
    }

    /**
     * Okta is asked for a session; whether it made one is unknown.
     *
     * @param calls those that may have created one, at least one
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

    /** The session exists, and users are on their way into it. */
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

    /** Everything is in it, and its start is asked for; whether Okta began is unknown. */
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

    /** Okta works on it. Of a caller's own session: everything is in it, and its start is the caller's. */
    record Started(String id, Instant since, String word, int records) implements Existing {
        @Override
        public boolean holdsAll() {
            return true;
        }

        @Override
        public SessionState state() {
            return SessionState.STARTED;
        }

        @Override
        public Optional<String> status() {
            return Optional.of(word);
        }

        /** The same after Okta said {@code now} of it, which may be its last word. */
        public SessionLife seen(String now, Instant when) {
            return switch (SessionState.seen(now)) {
                case DONE -> new Done(id, since, now, records, when);
                case BROKEN -> new Broken(id, since, now, 0, Optional.of(when));
                default -> new Started(id, since, now, records);
            };
        }
    }

    /** Everything is in it, and Okta had not finished it after the time for which it is followed. */
    record Unconfirmed(String id, Instant since, String word, int records) implements Existing {
        @Override
        public boolean holdsAll() {
            return true;
        }

        @Override
        public SessionState state() {
            return SessionState.UNCONFIRMED;
        }

        @Override
        public Optional<String> status() {
            return Optional.of(word);
        }
    }

    /** Okta has finished it. */
    record Done(String id, Instant since, String word, int records, Instant at) implements Existing {
        @Override
        public boolean holdsAll() {
            return true;
        }

        @Override
        public SessionState state() {
            return SessionState.DONE;
        }

        @Override
        public Optional<String> status() {
            return Optional.of(word);
        }

        @Override
        public Optional<Instant> finishedAt() {
            return Optional.of(at);
        }
    }

    /**
     * Okta ended it without importing all of it, or a caller's session didn't take everything.
     *
     * @param at empty for a caller's
     */
    record Broken(String id, Instant since, String word, int records, Optional<Instant> at) implements Existing {
        @Override
        public SessionState state() {
            return SessionState.BROKEN;
        }

        @Override
        public Optional<String> status() {
            return Optional.of(word);
        }

        @Override
        public Optional<Instant> finishedAt() {
            return at;
        }
    }

    /** It was not begun, because a newer version of the file has taken its place. */
    record Superseded() implements SessionLife {
        @Override
        public SessionState state() {
            return SessionState.SUPERSEDED;
        }
    }
}
