package dev.bulkuserimport.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.JsonOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an application's state consists of: a base, and the changes of each session since. A session's changes are added when it was
 * started, and taken away when Okta ends it in {@code ERROR} or {@code EXPIRED}; only this small document is ever replaced, with a
 * conditional write.
 *
 * @param key the fingerprint of the key of the hashes
 * @param properties the properties' names, by the numbers that stand for them
 * @param base the base's object key; empty while there are only changes
 * @param newest the snapshot that the state comes from; empty while there was none
 * @param sessions the sessions since, in the order in which they were started
 */
public record StateManifest(
        String key,
        List<String> properties,
        Optional<String> base,
        Optional<Origin> newest,
        List<SessionChanges> sessions) {

    /** The version of the form, so that a later one can tell. */
    private static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    public StateManifest {
        properties = List.copyOf(properties);
        sessions = List.copyOf(sessions);
    }

    /**
     * Where a snapshot stands among others.
     *
     * @param time when its object was written
     * @param sequencer S3's, hexadecimal, longer for later; empty where it is unknown
     */
    public record Origin(Instant time, String sequencer) {

        /** Whether this one is older, so that importing it would bring back what the newer one has changed. */
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
     * What one session made of the state.
     *
     * @param importId the import's
     * @param number the session's number in it
     * @param sessionId Okta's id
     * @param changes the object key of its changes
     * @param finished whether Okta has said that it completed
     */
    public record SessionChanges(String importId, int number, String sessionId, String changes, boolean finished) {

        boolean is(String import_, int session) {
            return importId.equals(import_) && number == session;
        }
    }

    /** A state that knows nobody. */
    public static StateManifest empty(HashKey key) {
        return new StateManifest(key.fingerprint(), List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    /** The state after a session was started; the same when it has it already. Another session of Okta's with the same users replaces it. */
    public StateManifest started(SessionChanges session, List<String> names, Optional<Origin> snapshot) {
        List<SessionChanges> now = new ArrayList<>(sessions);
        if (!has(session.importId(), session.number(), session.sessionId())) {
            now.removeIf(known -> known.is(session.importId(), session.number()));
            now.add(session);
        }
        return new StateManifest(key, longer(names), base, newer(snapshot), now);
    }

    /** Whether it has what a session of Okta's made of it, as a part of its own. */
    public boolean has(String importId, int number, String sessionId) {
        return sessions.stream()
                .anyMatch(
                        known -> known.is(importId, number) && known.sessionId().equals(sessionId));
    }

    /** A snapshot that was interrupted may say only after a newer one that its sessions were started. */
    private Optional<Origin> newer(Optional<Origin> snapshot) {
        boolean older = snapshot.isPresent()
                && newest.filter(snapshot.get()::isOlderThan).isPresent();
        return older ? newest : snapshot.or(() -> newest);
    }

    /** The sessions of which nobody has heard from Okta how they ended. */
    public List<SessionChanges> unfinished() {
        return sessions.stream().filter(session -> !session.finished()).toList();
    }

    /** The state after a snapshot in which nothing had to be sent. */
    public StateManifest seen(Optional<Origin> snapshot) {
        return new StateManifest(key, properties, base, newer(snapshot), sessions);
    }

    /** The state after Okta has completed a session. */
    public StateManifest completed(String importId, int number) {
        List<SessionChanges> now = new ArrayList<>();
        for (SessionChanges session : sessions) {
            now.add(
                    session.is(importId, number)
                            ? new SessionChanges(importId, number, session.sessionId(), session.changes(), true)
                            : session);
        }
        return new StateManifest(key, properties, base, newest, now);
    }

    /** The state after Okta has dropped a session: as if it had not been. */
    public StateManifest takenBack(String importId, int number) {
        return new StateManifest(
                key,
                properties,
                base,
                newest,
                sessions.stream()
                        .filter(session -> !session.is(importId, number))
                        .toList());
    }

    /** The state with one new base in place of the old one and of the sessions in it. */
    public StateManifest rebased(String newBase, List<SessionChanges> contained) {
        return new StateManifest(
                key,
                properties,
                Optional.of(newBase),
                newest,
                sessions.stream()
                        .filter(session -> !contained.contains(session))
                        .toList());
    }

    /** The first sessions that Okta has completed: these may become part of the base. */
    public List<SessionChanges> settled() {
        List<SessionChanges> settled = new ArrayList<>();
        for (SessionChanges session : sessions) {
            if (!session.finished()) {
                break;
            }
            settled.add(session);
        }
        return settled;
    }

    /** The keys of the objects that it consists of. */
    public List<String> objects() {
        List<String> objects = new ArrayList<>();
        base.ifPresent(objects::add);
        sessions.forEach(session -> objects.add(session.changes()));
        return objects;
    }

    public byte[] json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", VERSION);
        document.put("key", key);
        document.put("properties", properties);
        document.put("base", base.orElse(null));
        newest.ifPresent(origin -> {
            Map<String, Object> snapshot = new LinkedHashMap<>();
            snapshot.put("time", origin.time().toString());
            snapshot.put("sequencer", origin.sequencer());
            document.put("newest", snapshot);
        });
        List<Map<String, Object>> listed = new ArrayList<>();
        for (SessionChanges session : sessions) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("importId", session.importId());
            members.put("number", session.number());
            members.put("sessionId", session.sessionId());
            members.put("changes", session.changes());
            members.put("finished", session.finished());
            listed.add(members);
        }
        document.put("sessions", listed);
        return JsonOutput.bytes(document);
    }

    /**
     * Reads a manifest back.
     *
     * @throws IOException when the bytes are none of this version
     */
    public static StateManifest of(byte[] json) throws IOException {
        JsonNode document = JSON.readTree(json);
        if (document.path("version").asInt() != VERSION) {
            throw new IOException("no state of this function's version");
        }
        List<String> properties = new ArrayList<>();
        document.path("properties").forEach(name -> properties.add(name.asText()));
        List<SessionChanges> sessions = new ArrayList<>();
        for (JsonNode session : document.path("sessions")) {
            sessions.add(new SessionChanges(
                    session.path("importId").asText(),
                    session.path("number").asInt(),
                    session.path("sessionId").asText(),
                    session.path("changes").asText(),
                    session.path("finished").asBoolean()));
        }
        JsonNode newest = document.path("newest");
        try {
            return new StateManifest(
                    document.path("key").asText(),
                    properties,
                    Optional.ofNullable(document.path("base").asText(null)),
                    newest.isObject()
                            ? Optional.of(new Origin(
                                    Instant.parse(newest.path("time").asText()),
                                    newest.path("sequencer").asText()))
                            : Optional.empty(),
                    sessions);
        } catch (java.time.DateTimeException e) {
            throw new IOException("a state with a broken time");
        }
    }

    /** Whether numbers of properties mean the same to whoever has these names: one list begins with all of the other. */
    public boolean agrees(List<String> names) {
        int common = Math.min(names.size(), properties.size());
        return names.subList(0, common).equals(properties.subList(0, common));
    }

    /** The state with the numbers of names that are new to it; the same where others stand there. */
    public StateManifest naming(List<String> names) {
        return new StateManifest(key, longer(names), base, newest, sessions);
    }

    /** Names are only ever added, so of two lists that agree the longer one has both. */
    private List<String> longer(List<String> names) {
        return names.size() > properties.size() && agrees(names) ? names : properties;
    }
}
