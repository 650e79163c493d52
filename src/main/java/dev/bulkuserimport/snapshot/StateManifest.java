package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.plan.SourceShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of an application's state: a base, and the changes of each session since. A session's changes are added when it is started,
 * removed if Okta lets it expire, and in doubt if Okta ends it in {@code ERROR}. Only this small document is ever replaced, with a
 * conditional write.
 *
 * @param owner the application that it belongs to; empty in a state of version 2.0.0
 * @param key the fingerprint of the key of the hashes
 * @param properties the names of the properties, by their numbers
 * @param shown how many of them, from the first on, Okta showed when the state was built from application users; otherwise 0
 * @param base the base's object key; empty if there are only changes
 * @param last the snapshot that the state is based on; empty if there was none
 * @param sessions the sessions since, in the order of their start
 */
public record StateManifest(
        Optional<Owner> owner,
        String key,
        List<String> properties,
        int shown,
        Optional<String> base,
        Optional<LastSnapshot> last,
        List<SessionChanges> sessions) {

    public StateManifest {
        properties = List.copyOf(properties);
        sessions = List.copyOf(sessions);
    }

    /**
     * The application that a state belongs to, so that it can't deactivate another application's people.
     *
     * @param application its ID
     * @param proof the hash of the ID under the state's key
     */
    public record Owner(String application, String proof) {

        public static Owner of(String application, HashKey key) {
            return new Owner(application, key.proof(application));
        }
    }

    /**
     * The position of a snapshot among others.
     *
     * @param time when its object was written
     * @param sequencer S3's sequencer, hexadecimal; empty if unknown
     */
    public record Origin(Instant time, String sequencer) {

        /** Whether this one is older, so that importing it would revert the newer one's changes. */
        public boolean isOlderThan(Origin other) {
            int byTime = time.compareTo(other.time);
            if (byTime != 0 || sequencer.isEmpty() || other.sequencer.isEmpty()) {
                return byTime < 0;
            }
            // S3: "compare the strings after padding the shorter one on the right with zeros".
            int length = Math.max(sequencer.length(), other.sequencer.length());
            return padded(sequencer, length).compareToIgnoreCase(padded(other.sequencer, length)) < 0;
        }

        private static String padded(String text, int length) {
            return text + "0".repeat(length - text.length());
        }
    }

    /**
     * The newest accepted snapshot.
     *
     * @param origin its position among others
     * @param shape its structure, with hashes in place of the rules' values
     */
    public record LastSnapshot(Origin origin, SourceShape shape) {}

    /** What is known about a session's end. */
    public enum End {
        /** Not known yet. */
        OPEN,
        COMPLETED,
        /** Okta may have processed a part of it, so its people are unknown. */
        IN_DOUBT
    }

    /**
     * A session's changes to the state.
     *
     * @param importId the import's ID
     * @param number the session's number in it; 0 for the changes of people who weren't sent
     * @param sessionId Okta's session ID; empty if no session was needed
     * @param changes the object key of its changes
     * @param end how it ended
     */
    public record SessionChanges(String importId, int number, String sessionId, String changes, End end) {

        boolean is(String import_, int session) {
            return importId.equals(import_) && number == session;
        }

        private boolean isOpen(String import_, int session) {
            return is(import_, session) && end == End.OPEN;
        }

        private SessionChanges ended(End how) {
            return new SessionChanges(importId, number, sessionId, changes, how);
        }
    }

    /** A state without people. */
    public static StateManifest empty(String application, HashKey key) {
        return new StateManifest(
                Optional.of(Owner.of(application, key)),
                key.fingerprint(),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Whether it may be used for an application: it is bound to it, or was written by version 2.0.0. */
    public boolean belongsTo(String application, HashKey key) {
        return owner.isEmpty() || owner.get().equals(Owner.of(application, key));
    }

    /** The state, permanently bound to its application. */
    public StateManifest boundTo(String application, HashKey hashKey) {
        return owner.isPresent()
                ? this
                : new StateManifest(
                        Optional.of(Owner.of(application, hashKey)), key, properties, shown, base, last, sessions);
    }

    /** The state, built from application users, for whom Okta shows this many of the first properties. */
    public StateManifest showing(int count) {
        return new StateManifest(owner, key, properties, count, base, last, sessions);
    }

    /** The place among others of the snapshot that the state is based on; empty if there was none. */
    public Optional<Origin> newest() {
        return last.map(LastSnapshot::origin);
    }

    /**
     * The state after a session was started; unchanged if it already has the session. Another Okta session with the same users replaces it.
     * Changes to another state than this one are in doubt: Okta may have newer values, or the same numbers may mean other properties.
     */
    public StateManifest started(SessionChanges session, List<String> names, Optional<LastSnapshot> snapshot) {
        List<SessionChanges> now = new ArrayList<>(sessions);
        if (!has(session.importId(), session.number(), session.sessionId())) {
            // A session in doubt stays so until a later one has completed.
            now.removeIf(known -> known.is(session.importId(), session.number()) && known.end() != End.IN_DOUBT);
            if (agrees(names) && !isNewerThan(snapshot)) {
                now.add(session);
            } else if (session.end() == End.OPEN) {
                now.add(session.ended(End.IN_DOUBT));
            }
        }
        return new StateManifest(owner, key, longer(names), shown, base, newer(snapshot), now);
    }

    /** Whether it has an Okta session's changes as a separate part. */
    public boolean has(String importId, int number, String sessionId) {
        return sessions.stream()
                .anyMatch(
                        known -> known.is(importId, number) && known.sessionId().equals(sessionId));
    }

    /** Whether the changes of one of an import's sessions, by whatever Okta session, are a separate part. */
    public boolean hasPart(String importId, int number) {
        return sessions.stream().anyMatch(known -> known.is(importId, number));
    }

    /** An interrupted snapshot may report only after a newer one that its sessions were started. */
    private Optional<LastSnapshot> newer(Optional<LastSnapshot> snapshot) {
        return isNewerThan(snapshot) ? last : snapshot.or(() -> last);
    }

    private boolean isNewerThan(Optional<LastSnapshot> snapshot) {
        return snapshot.isPresent()
                && newest().filter(snapshot.get().origin()::isOlderThan).isPresent();
    }

    /** The sessions whose end isn't known yet. */
    public List<SessionChanges> unfinished() {
        return sessions.stream().filter(session -> session.end() == End.OPEN).toList();
    }

    /** The state after a snapshot in which nothing had to be sent. */
    public StateManifest seen(LastSnapshot snapshot) {
        return new StateManifest(owner, key, properties, shown, base, newer(Optional.of(snapshot)), sessions);
    }

    /** The state after Okta has completed a session, or has ended it after possibly processing a part. */
    public StateManifest ended(String importId, int number, End how) {
        return with(sessions.stream()
                .map(session -> session.isOpen(importId, number) ? session.ended(how) : session)
                .toList());
    }

    /**
     * The state after Okta has completed a session whose end was given up, so that its people aren't in doubt any more. What was in doubt
     * from its start on stays so: see {@link #started}.
     *
     * @param names the names of the properties, as its changes number them
     * @param snapshot the snapshot that it belongs to; empty for another file
     */
    public StateManifest confirmed(
            String importId, int number, String sessionId, List<String> names, Optional<LastSnapshot> snapshot) {
        return agrees(names) && !isNewerThan(snapshot)
                ? with(sessions.stream()
                        .map(session -> session.is(importId, number)
                                        && session.sessionId().equals(sessionId)
                                ? session.ended(End.COMPLETED)
                                : session)
                        .toList())
                : this;
    }

    /** The state after Okta has discarded a session: as if it had never existed. */
    public StateManifest takenBack(String importId, int number) {
        return with(sessions.stream()
                .filter(session -> !session.isOpen(importId, number))
                .toList());
    }

    /** The state with a new base in place of the old one and of the sessions merged into it. */
    public StateManifest rebased(String newBase, List<SessionChanges> contained) {
        return new StateManifest(
                owner,
                key,
                properties,
                shown,
                Optional.of(newBase),
                last,
                sessions.stream()
                        .filter(session -> !contained.contains(session))
                        .toList());
    }

    /** The same with other sessions. */
    public StateManifest with(List<SessionChanges> others) {
        return new StateManifest(owner, key, properties, shown, base, last, others);
    }

    /** The first sessions that have ended, which may be merged into the base. */
    public List<SessionChanges> settled() {
        List<SessionChanges> settled = new ArrayList<>();
        for (SessionChanges session : sessions) {
            if (session.end() == End.OPEN) {
                break;
            }
            settled.add(session);
        }
        return settled;
    }

    /** The same without an import's own sessions, and what comes after them: Okta may still confirm them. */
    public List<SessionChanges> settledBefore(String importId) {
        return settled().stream()
                .takeWhile(session -> !session.importId().equals(importId))
                .toList();
    }

    /** The keys of its objects. */
    public List<String> objects() {
        List<String> objects = new ArrayList<>();
        base.ifPresent(objects::add);
        sessions.forEach(session -> objects.add(session.changes()));
        return objects;
    }

    /** Whether property numbers have the same meaning in both lists of names: one list is the beginning of the other. */
    public boolean agrees(List<String> names) {
        int common = Math.min(names.size(), properties.size());
        return names.subList(0, common).equals(properties.subList(0, common));
    }

    /** The state with additional property names; unchanged if their numbers have other meanings. */
    public StateManifest naming(List<String> names) {
        return new StateManifest(owner, key, longer(names), shown, base, last, sessions);
    }

    /** Names are only ever added, so of two consistent lists the longer one contains both. */
    private List<String> longer(List<String> names) {
        return names.size() > properties.size() && agrees(names) ? names : properties;
    }
}
