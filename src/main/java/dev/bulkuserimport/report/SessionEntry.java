package dev.bulkuserimport.report;

import dev.bulkuserimport.upload.CreationWindow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One session of a file as its report tells of it.
 *
 * @param number from 1
 * @param users upserts and deletes
 * @param deactivations how many of them are deactivated
 * @param requests bulk requests
 * @param first where its first user stood: a line of a file of lines, an index else
 * @param last where its last user stood
 * @param state how far it is
 * @param lost calls that may have created a session of which nobody knows
 * @param sessionId Okta's id; empty as long as there is none
 * @param status Okta's last known word for its state; empty when nobody asked
 * @param recordsImported records in requests that Okta accepted, as long as the session holds them
 * @param startedAt when it was created
 * @param finishedAt when Okta was seen to be done with it
 */
public record SessionEntry(
        int number,
        int users,
        int deactivations,
        int requests,
        int first,
        int last,
        SessionState state,
        List<CreationWindow> lost,
        Optional<String> sessionId,
        Optional<String> status,
        int recordsImported,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {

    public SessionEntry {
        lost = List.copyOf(lost);
    }

    public static SessionEntry planned(int number, int users, int deactivations, int requests, int first, int last) {
        return new SessionEntry(
                number,
                users,
                deactivations,
                requests,
                first,
                last,
                SessionState.PLANNED,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
    }

    /** The same users, with what is known of their session from an earlier attempt. */
    public SessionEntry withLifeOf(SessionEntry earlier) {
        return with(
                earlier.state,
                earlier.lost,
                earlier.sessionId,
                earlier.status,
                earlier.state.isSent() || earlier.state == SessionState.STARTING ? users : 0,
                earlier.startedAt,
                earlier.finishedAt);
    }

    /** A caller's session, into which users are about to go. */
    public SessionEntry loading(String id, Instant now) {
        return created(id, now);
    }

    /** A caller's session that did not take everything. */
    public SessionEntry broken(int records) {
        return with(SessionState.BROKEN, List.of(), sessionId, status, records);
    }

    /** A newer version of the file took its place. */
    public SessionEntry superseded() {
        return with(SessionState.SUPERSEDED, List.of(), Optional.empty(), Optional.empty(), 0);
    }

    /** Okta ended it, or never began with it; it is sent once more. */
    public SessionEntry again() {
        return state == SessionState.BROKEN ? dropped() : this;
    }

    public SessionEntry creating(List<CreationWindow> windows) {
        return with(SessionState.CREATING, windows, Optional.empty(), Optional.empty(), 0);
    }

    public SessionEntry unanswered(List<CreationWindow> windows) {
        return with(
                windows.isEmpty() ? SessionState.PLANNED : SessionState.CREATING,
                windows,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    public SessionEntry created(String id, Instant now) {
        return with(
                SessionState.LOADING,
                List.of(),
                Optional.of(id),
                Optional.of("CREATED"),
                0,
                Optional.of(now),
                Optional.empty());
    }

    public SessionEntry starting(int records) {
        return with(SessionState.STARTING, List.of(), sessionId, Optional.of("IN_PROGRESS"), records);
    }

    public SessionEntry started(String word, int records) {
        return with(SessionState.STARTED, List.of(), sessionId, Optional.of(word), records);
    }

    public SessionEntry dropped() {
        return with(SessionState.PLANNED, List.of(), Optional.empty(), Optional.empty(), 0);
    }

    /** Okta's word of by now; whether it is its last. */
    public SessionEntry seen(String word, Instant now) {
        SessionState next = SessionState.seen(word, state);
        return with(
                next,
                lost,
                sessionId,
                Optional.of(word),
                next == SessionState.BROKEN ? 0 : recordsImported,
                startedAt,
                next == state ? finishedAt : Optional.of(now));
    }

    private SessionEntry with(
            SessionState next, List<CreationWindow> windows, Optional<String> id, Optional<String> word, int records) {
        return with(next, windows, id, word, records, id.isEmpty() ? Optional.empty() : startedAt, Optional.empty());
    }

    /** The same users, further on in their session's life. */
    private SessionEntry with(
            SessionState next,
            List<CreationWindow> windows,
            Optional<String> id,
            Optional<String> word,
            int records,
            Optional<Instant> started,
            Optional<Instant> finished) {
        return new SessionEntry(
                number,
                users,
                deactivations,
                requests,
                first,
                last,
                next,
                windows,
                id,
                word,
                records,
                started,
                finished);
    }

    FileSummary.Session summary() {
        return new FileSummary.Session(number, sessionId, status, users, recordsImported);
    }

    /** The session as it stands in the report. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("number", number);
        sessionId.ifPresent(id -> members.put("sessionId", id));
        members.put("state", state.name());
        status.ifPresent(word -> members.put("status", word));
        members.put("users", users);
        members.put("deactivations", deactivations);
        members.put("requests", requests);
        members.put("recordsImported", recordsImported);
        members.put("first", first);
        members.put("last", last);
        startedAt.ifPresent(when -> members.put("startedAt", when.toString()));
        finishedAt.ifPresent(when -> members.put("finishedAt", when.toString()));
        if (!lost.isEmpty()) {
            members.put("creating", lost.stream().map(SessionEntry::members).toList());
        }
        return members;
    }

    private static Map<String, Object> members(CreationWindow window) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("from", window.from().toString());
        members.put("until", window.until().toString());
        return members;
    }
}
