package dev.bulkuserimport.report;

import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.metrics.Effort;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is written about the import of one object version. Until the end it is the claim of whoever works on it, and it is all that one
 * step of an import knows of those before it.
 */
public final class Report {

    /** Of its form. Version 1 had one session at most, and no {@code reportVersion}. */
    static final int VERSION = 2;

    private final ImportId importId;
    private final ObjectVersion source;
    private final Instant startedAt;
    private FileState state = FileState.CLAIMED;
    private boolean stepped;
    private boolean inLine;
    private int attempts;
    private Optional<String> attempt = Optional.empty();
    private Optional<Instant> expiresAt = Optional.empty();
    private Optional<Instant> finishedAt = Optional.empty();
    private Optional<String> application = Optional.empty();
    private Optional<ImportOperation> operation = Optional.empty();
    private Optional<ReadFile> file = Optional.empty();
    private List<SessionEntry> sessions = new ArrayList<>();
    private Optional<StoredProblem> problem = Optional.empty();
    private Optional<Map<String, Object>> answer = Optional.empty();
    private Optional<OktaView> okta = Optional.empty();
    private Optional<Compared> compared = Optional.empty();
    private Optional<RequestSizes> requestSizes = Optional.empty();
    private Optional<String> rejectedRows = Optional.empty();
    private int rejectedRowsCount;
    private int rejectedRowsLeftOut;
    private Optional<String> page = Optional.empty();
    private final List<String> notes = new ArrayList<>();
    private Effort effort = Effort.NONE;

    public Report(ImportId importId, ObjectVersion source, Instant startedAt) {
        this.importId = importId;
        this.source = source;
        this.startedAt = startedAt;
    }

    public ImportId importId() {
        return importId;
    }

    public ObjectVersion source() {
        return source;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Optional<Instant> finishedAt() {
        return finishedAt;
    }

    public FileState state() {
        return state;
    }

    public void state(FileState next) {
        state = next;
    }

    /** Whether a state machine drives it step by step, so that it is at rest between two of them. */
    public boolean isStepped() {
        return stepped;
    }

    public void stepped(boolean driven) {
        stepped = driven;
    }

    /** Whether this attempt has taken a place in the line of its application's files; earlier ones may have too. */
    public boolean isInLine() {
        return inLine;
    }

    public void inLine() {
        inLine = true;
    }

    /** How many attempts there were, this one included. */
    public int attempts() {
        return attempts;
    }

    public void attempts(int count) {
        attempts = count;
    }

    /** Whoever works on it now, until when at most. */
    public void held(String by, Instant until) {
        attempt = Optional.of(by);
        expiresAt = Optional.of(until);
    }

    /** Nobody works on it any more. */
    public void released() {
        expiresAt = Optional.empty();
    }

    /** Nobody works on it any more, and it is not at its end, though somebody tried to end it. */
    public void unfinished() {
        released();
        finishedAt = Optional.empty();
    }

    void attempt(Optional<String> id, Optional<Instant> until) {
        attempt = id;
        expiresAt = until;
    }

    public Optional<Instant> expiresAt() {
        return expiresAt;
    }

    /** The application, as soon as somebody has found it out. */
    public Optional<String> application() {
        return application;
    }

    public void application(String id) {
        application = Optional.of(id);
    }

    /** What stands beside the file; the file itself may say otherwise. */
    public void beside(Optional<String> app, Optional<ImportOperation> asked) {
        app.ifPresent(this::application);
        asked.ifPresent(this::operation);
    }

    /** The operation, as soon as somebody has found it out. */
    public Optional<ImportOperation> operation() {
        return operation;
    }

    public void operation(ImportOperation asked) {
        operation = Optional.of(asked);
    }

    public Optional<ReadFile> file() {
        return file;
    }

    public void file(ReadFile read) {
        file = Optional.of(read);
        application = Optional.of(read.applicationId());
        operation = Optional.of(read.operation());
    }

    public List<SessionEntry> sessions() {
        return List.copyOf(sessions);
    }

    public void sessions(List<SessionEntry> all) {
        sessions = new ArrayList<>(all);
    }

    /** Empty for a number that the file has no session for. */
    public Optional<SessionEntry> session(int number) {
        return number < 1 || number > sessions.size() ? Optional.empty() : Optional.of(sessions.get(number - 1));
    }

    public void session(SessionEntry changed) {
        sessions.set(changed.number() - 1, changed);
    }

    public Optional<StoredProblem> problem() {
        return problem;
    }

    public void problem(Problem failure) {
        problem = Optional.of(StoredProblem.of(failure));
    }

    public void problem(Optional<StoredProblem> stored) {
        problem = stored;
    }

    /** What holding the file against its application's state came to; empty where it has nothing to do with one. */
    public Optional<Compared> compared() {
        return compared;
    }

    public void compared(Optional<Compared> found) {
        compared = found;
    }

    /** The requests of a dry run; only told by the attempt that planned it. */
    public Optional<RequestSizes> requestSizes() {
        return requestSizes;
    }

    public void requestSizes(RequestSizes planned) {
        requestSizes = Optional.of(planned);
    }

    public void answer(Map<String, Object> members) {
        answer = Optional.of(members);
    }

    public void okta(OktaView view) {
        okta = Optional.of(view);
    }

    public Optional<OktaView> okta() {
        return okta;
    }

    /** The file of rejected rows, how many are in it, and for how many it had no room. */
    public void rejectedRows(Optional<String> key, int count, int leftOut) {
        rejectedRows = key;
        rejectedRowsCount = count;
        rejectedRowsLeftOut = leftOut;
    }

    public Optional<String> rejectedRows() {
        return rejectedRows;
    }

    public void page(Optional<String> key) {
        page = key;
    }

    public Optional<String> page() {
        return page;
    }

    public void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** What sending took so far, over all attempts. */
    public Effort effort() {
        return effort;
    }

    public void sent(Effort more) {
        effort = effort.plus(more);
    }

    /** Whether a session of its own may be open in Okta, with its id known or not. */
    public boolean hasOpenSession() {
        return file.flatMap(ReadFile::callerSession).isEmpty()
                && sessions.stream()
                        .anyMatch(session -> session.state() == SessionState.LOADING
                                || session.state() == SessionState.STARTING
                                || !session.lost().isEmpty());
    }

    /** Whether any of its sessions has begun, so that a newer version doesn't replace it any more. */
    public boolean hasBegun() {
        return sessions.stream().anyMatch(session -> session.state() != SessionState.PLANNED);
    }

    /** Whether all of a session's users went to Okta. */
    public boolean hasSent() {
        return sessions.stream().anyMatch(session -> session.state().isSent());
    }

    /** Whether it failed on the way through its sessions, so that it can go on where it stopped. */
    public boolean isResumable() {
        return state == FileState.FAILED
                && stepped
                && sessions.stream().anyMatch(session -> !session.state().isSent());
    }

    public void finished(FileState end, Instant now) {
        state = end;
        finishedAt = Optional.of(now);
        expiresAt = Optional.empty();
    }

    /** A file that failed, or was given up, is taken up again. */
    public void reopened() {
        finishedAt = Optional.empty();
        problem = Optional.empty();
        answer = Optional.empty();
        okta = Optional.empty();
    }

    /** Records in requests that Okta accepted, in sessions that it holds or held to the end. */
    public int recordsImported() {
        return sessions.stream().mapToInt(SessionEntry::recordsImported).sum();
    }

    public int deactivated() {
        return sessions.stream()
                .filter(session -> session.recordsImported() > 0)
                .mapToInt(SessionEntry::deactivations)
                .sum();
    }

    int requests() {
        return sessions.stream().mapToInt(SessionEntry::requests).sum();
    }

    public Rejections rejections() {
        return file.map(ReadFile::rejections).orElse(Rejections.NONE);
    }

    /** The document. */
    public byte[] json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("reportVersion", VERSION);
        members.put("state", state.name());
        members.put("importId", importId.toString());
        members.put("source", sourceMembers());
        members.put("startedAt", startedAt.toString());
        finishedAt.ifPresent(when -> members.put("finishedAt", when.toString()));
        expiresAt.ifPresent(when -> members.put("expiresAt", when.toString()));
        attempt.ifPresent(id -> members.put("attempt", id));
        members.put("attempts", attempts);
        members.put("stateMachine", stepped);
        application.ifPresent(id -> members.put("applicationId", id));
        operation.ifPresent(asked -> members.put("importOperation", asked.name()));
        file.ifPresent(read -> members.putAll(read.members()));
        compared.ifPresent(found -> members.putAll(found.members()));
        onlySession().ifPresent(id -> {
            members.put("sessionId", id);
            members.put("managedSession", file.flatMap(ReadFile::callerSession).isEmpty());
        });
        members.put("requests", requests());
        members.put("recordsImported", recordsImported());
        members.put("effort", effortMembers());
        members.put("rejectedCount", rejections().records());
        answer.ifPresent(told -> members.put("answer", told));
        problem.ifPresent(failure -> members.put("problem", failure.document()));
        members.put("sessions", sessions.stream().map(SessionEntry::members).toList());
        okta.ifPresent(view -> members.put("okta", oktaMembers(view)));
        members.put("notes", notes);
        rejectedRows.ifPresent(key -> {
            members.put("rejectedRows", key);
            members.put("rejectedRowsCount", rejectedRowsCount);
            if (rejectedRowsLeftOut > 0) {
                members.put("rejectedRowsLeftOut", rejectedRowsLeftOut);
            }
        });
        page.ifPresent(key -> members.put("page", key));
        members.put("errorCount", rejections().errorCount());
        members.put("errorKinds", rejections().listedKinds());
        members.put(
                "rejected",
                rejections().errors().stream().map(RecordError::members).toList());
        return JsonOutput.bytes(members);
    }

    private Map<String, Object> sourceMembers() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("bucket", source.bucket());
        members.put("key", source.key());
        source.versionId().ifPresent(id -> members.put("versionId", id));
        source.eTag().ifPresent(tag -> members.put("eTag", tag));
        source.sequencer().ifPresent(text -> members.put("sequencer", text));
        return members;
    }

    private Map<String, Object> effortMembers() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("requests", effort.requests());
        members.put("retries", effort.retries());
        members.put("throttles", effort.throttles());
        members.put("oktaMillis", effort.oktaMillis());
        return members;
    }

    private Map<String, Object> oktaMembers(OktaView view) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(
                "sessions",
                sessions.stream()
                        .filter(session -> session.sessionId().isPresent())
                        .map(Report::oktaSession)
                        .toList());
        view.addTo(members);
        return members;
    }

    private static Map<String, Object> oktaSession(SessionEntry session) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("number", session.number());
        members.put("sessionId", session.sessionId().orElseThrow());
        members.put("status", session.status().orElse("UNKNOWN"));
        return members;
    }

    /** The one session of a small file, and that of a caller, by itself, as version 1 had it. */
    private Optional<String> onlySession() {
        Optional<String> callers = file.flatMap(ReadFile::callerSession);
        return callers.isPresent() || sessions.size() != 1
                ? callers
                : sessions.get(0).sessionId();
    }
}
