package dev.bulkuserimport.report;

import dev.bulkuserimport.metrics.Effort;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.snapshot.StateManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known about the import of an object version. Until the import ends, it is also the claim of the current attempt, and
 * it is all that a step knows about earlier steps. Immutable; its JSON document is defined by {@link ReportForm}.
 *
 * @param importId the import's ID
 * @param source the object version
 * @param startedAt when the first attempt began
 * @param state the progress of the import
 * @param hold the attempt that holds it
 * @param known what is known about the file
 * @param sessions the sessions that it needs, in order; empty before it is planned
 * @param effort the effort of sending over all attempts
 * @param ending how it ended, or why the last attempt failed
 * @param beside the objects next to the report
 * @param notes sentences for its reader, without duplicates
 */
public record FileReport(
        ImportId importId,
        ObjectVersion source,
        Instant startedAt,
        FileState state,
        Hold hold,
        Known known,
        List<FileSession> sessions,
        Effort effort,
        Ending ending,
        Attachments beside,
        List<String> notes) {

    public FileReport {
        sessions = List.copyOf(sessions);
        notes = List.copyOf(notes);
    }

    /** The report of an object version before the first attempt. */
    public static FileReport of(ImportId importId, ObjectVersion source, Instant now) {
        return new FileReport(
                importId,
                source,
                now,
                FileState.CLAIMED,
                Hold.NONE,
                Known.NOTHING,
                List.of(),
                Effort.NONE,
                Ending.NONE,
                Attachments.NONE,
                List.of());
    }

    public FileReport withState(FileState next) {
        return new FileReport(importId, source, startedAt, next, hold, known, sessions, effort, ending, beside, notes);
    }

    public FileReport withHold(Hold next) {
        return new FileReport(importId, source, startedAt, state, next, known, sessions, effort, ending, beside, notes);
    }

    public FileReport withKnown(Known next) {
        return new FileReport(importId, source, startedAt, state, hold, next, sessions, effort, ending, beside, notes);
    }

    public FileReport withSessions(List<FileSession> next) {
        return new FileReport(importId, source, startedAt, state, hold, known, next, effort, ending, beside, notes);
    }

    public FileReport withEnding(Ending next) {
        return new FileReport(importId, source, startedAt, state, hold, known, sessions, effort, next, beside, notes);
    }

    public FileReport withBeside(Attachments next) {
        return new FileReport(importId, source, startedAt, state, hold, known, sessions, effort, ending, next, notes);
    }

    /** The same after more was sent. */
    public FileReport plus(Effort more) {
        Effort all = effort.plus(more);
        return new FileReport(importId, source, startedAt, state, hold, known, sessions, all, ending, beside, notes);
    }

    /** The same with another sentence for its reader; duplicates are dropped. */
    public FileReport noting(String sentence) {
        if (notes.contains(sentence)) {
            return this;
        }
        List<String> more = new ArrayList<>(notes);
        more.add(sentence);
        return new FileReport(importId, source, startedAt, state, hold, known, sessions, effort, ending, beside, more);
    }

    /** The same with a new state of one session. */
    public FileReport with(int number, SessionLife life) {
        List<FileSession> changed = new ArrayList<>(sessions);
        changed.set(number - 1, changed.get(number - 1).with(life));
        return withSessions(changed);
    }

    public FileReport withProblem(Optional<Problem> problem) {
        return withEnding(ending.withProblem(problem));
    }

    /** Releases the report of an import that hasn't ended, even if an attempt tried to end it. */
    public FileReport unfinished() {
        return withHold(hold.released()).withEnding(ending.withFinishedAt(Optional.empty()));
    }

    /** Ends the import. The attempt that ends it still has to write the log line, and releases the report then. */
    public FileReport finished(FileState end, Instant now) {
        return withState(end).withEnding(ending.withFinishedAt(Optional.of(now)));
    }

    /** Whether it has ended but hasn't been released: the log line may be missing. */
    public boolean isUntold() {
        return state.isOver() && hold.expiresAt().isPresent();
    }

    public Optional<String> application() {
        return known.application();
    }

    /** The application, if the file was read or its metadata or key names it. */
    public String app() {
        return known.application().orElseThrow();
    }

    /** The file's position among the application's files, once its upload time is known. */
    public Optional<StateManifest.Origin> origin() {
        return known.putAt()
                .map(time -> new StateManifest.Origin(time, source.sequencer().orElse("")));
    }

    public Optional<ImportOperation> operation() {
        return known.operation();
    }

    public Optional<ReadFile> file() {
        return known.file();
    }

    public Optional<Compared> compared() {
        return known.compared();
    }

    public Optional<Review> review() {
        return known.review();
    }

    /** The review of a file that a guard has stopped and that hasn't been planned since; empty otherwise. */
    public Optional<Review> stopped() {
        return review().filter(review -> sessions.isEmpty() && !state.isOver());
    }

    public Rejections rejections() {
        return known.rejections();
    }

    public Optional<Problem> problem() {
        return ending.problem();
    }

    public boolean isDryRun() {
        return file().filter(ReadFile::dryRun).isPresent();
    }

    /** The caller's own session, which is not created or started here; empty for a file that gets its own sessions. */
    public Optional<String> callerSession() {
        return file().flatMap(ReadFile::callerSession);
    }

    /** Empty if the file has no session with this number. */
    public Optional<FileSession> session(int number) {
        return number < 1 || number > sessions.size() ? Optional.empty() : Optional.of(sessions.get(number - 1));
    }

    /** Whether one of its own sessions may be open in Okta, with or without a known ID. */
    public boolean hasOpenSession() {
        return callerSession().isEmpty()
                && sessions.stream().anyMatch(session -> session.life() instanceof SessionLife.Open);
    }

    /** Whether any of its sessions has started, so that a newer version no longer replaces it. */
    public boolean hasBegun() {
        return sessions.stream().anyMatch(session -> !(session.life() instanceof SessionLife.Planned));
    }

    /** Whether any of its sessions was sent, or may be open in Okta, so that the others have to follow as they were planned. */
    public boolean isUnderWay() {
        return sessions.stream().anyMatch(session -> session.isSent() || session.life() instanceof SessionLife.Open);
    }

    /** Whether all users of at least one session are in Okta. */
    public boolean hasSent() {
        return sessions.stream().anyMatch(FileSession::isSent);
    }

    public boolean hasSentAll() {
        return sessions.stream().allMatch(FileSession::isSent);
    }

    /** The first session whose result Okta didn't report in the time for which it was followed. */
    public Optional<FileSession> unconfirmed() {
        return sessions.stream()
                .filter(session -> session.life() instanceof SessionLife.Unconfirmed)
                .findFirst();
    }

    /** The first session that Okta ended without importing everything. */
    public Optional<FileSession> broken() {
        return sessions.stream()
                .filter(session -> session.life() instanceof SessionLife.Broken)
                .findFirst();
    }

    /**
     * Whether it failed between its sessions, so that it can continue where it stopped, or for a reason outside the file before it was
     * planned, so that it can be read again.
     */
    public boolean isResumable() {
        return state == FileState.FAILED
                && hold.stepped()
                && (sessions.isEmpty()
                        ? problem().filter(FileReport::isOutsideTheFile).isPresent()
                        : !hasSentAll());
    }

    /** What S3 and the secrets refuse for good has no time for a retry, and the step that met it is repeated nevertheless. */
    private static boolean isOutsideTheFile(Problem problem) {
        return switch (problem.type()) {
            case OKTA_UNAVAILABLE, OKTA_UNAUTHORIZED, SESSION_CONFLICT, INTERNAL_ERROR -> true;
            case SECRET_UNAVAILABLE, STORAGE_UNAVAILABLE -> problem.retryAfter().isPresent();
            default -> false;
        };
    }

    /** Records in requests that Okta accepted, in sessions that weren't discarded. */
    public int recordsImported() {
        return sessions.stream().mapToInt(FileSession::recordsImported).sum();
    }

    /** Groups in requests that Okta accepted, likewise. */
    public int groupsImported() {
        return sessions.stream().mapToInt(FileSession::groupsImported).sum();
    }

    /** Pairs of a group and a member in requests that Okta accepted, likewise. */
    public int membershipsImported() {
        return sessions.stream().mapToInt(FileSession::membershipsImported).sum();
    }

    /** Whether it involves groups or memberships. */
    public boolean hasGroups() {
        return file().filter(read -> read.groups() + read.memberships() > 0).isPresent();
    }

    public int deactivated() {
        return sessions.stream()
                .filter(session -> session.recordsImported() > 0)
                .mapToInt(FileSession::deactivations)
                .sum();
    }

    public int requests() {
        return sessions.stream().mapToInt(FileSession::requests).sum();
    }

    public int users() {
        return sessions.stream().mapToInt(FileSession::users).sum();
    }

    /** The caller's session, or the only one of a small file. */
    public Optional<String> onlySession() {
        return callerSession()
                .or(() -> sessions.size() == 1 ? sessions.get(0).life().sessionId() : Optional.empty());
    }
}
