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
 * All that is known of the import of one object version. Until the end it is also the claim of the attempt that works on it, and it is all
 * that one step of an import knows of those before it. A change makes another report; its JSON document is {@link ReportForm}'s.
 *
 * @param importId the import's name
 * @param source the object version
 * @param startedAt when the first attempt began
 * @param state how far the import is
 * @param hold who works on it
 * @param known what is known of the file
 * @param sessions the sessions that it needs, in their order; none before it is planned
 * @param effort what sending took so far, over all attempts
 * @param ending how it ended, or why the last attempt did
 * @param beside the objects beside the report
 * @param notes sentences for the person who reads it, each once
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

    /** The report of an object version that no one has worked on. */
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

    /** The same with a sentence for its reader; the same sentence twice is one. */
    public FileReport noting(String sentence) {
        if (notes.contains(sentence)) {
            return this;
        }
        List<String> more = new ArrayList<>(notes);
        more.add(sentence);
        return new FileReport(importId, source, startedAt, state, hold, known, sessions, effort, ending, beside, more);
    }

    /** The same with one session further on in its life. */
    public FileReport with(int number, SessionLife life) {
        List<FileSession> changed = new ArrayList<>(sessions);
        changed.set(number - 1, changed.get(number - 1).with(life));
        return withSessions(changed);
    }

    public FileReport withProblem(Optional<Problem> problem) {
        return withEnding(ending.withProblem(problem));
    }

    /** No one works on it any more, and it isn't over, even if someone tried to end it. */
    public FileReport unfinished() {
        return withHold(hold.released()).withEnding(ending.withFinishedAt(Optional.empty()));
    }

    /** It is over, though whoever ended it has yet to write that to the log, and lets go of it then. */
    public FileReport finished(FileState end, Instant now) {
        return withState(end).withEnding(ending.withFinishedAt(Optional.of(now)));
    }

    /** Whether it is over, and whoever ended it has not let go of it: the log may not have it. */
    public boolean isUntold() {
        return state.isOver() && hold.expiresAt().isPresent();
    }

    public Optional<String> application() {
        return known.application();
    }

    /** The application of a file that was read, or whose metadata or key names it. */
    public String app() {
        return known.application().orElseThrow();
    }

    /** Where the file is among the application's, once S3 has said when it was put. */
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

    /** What a guard has stopped and has not been planned since; empty for anything else. */
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

    /** The caller's own session, which is neither created nor started here; empty for a file that gets sessions of its own. */
    public Optional<String> callerSession() {
        return file().flatMap(ReadFile::callerSession);
    }

    /** Empty for a number that the file has no session for. */
    public Optional<FileSession> session(int number) {
        return number < 1 || number > sessions.size() ? Optional.empty() : Optional.of(sessions.get(number - 1));
    }

    /** Whether a session of its own may be open in Okta, with its ID known or not. */
    public boolean hasOpenSession() {
        return callerSession().isEmpty()
                && sessions.stream().anyMatch(session -> session.life() instanceof SessionLife.Open);
    }

    /** Whether any of its sessions has begun, so that a newer version no longer replaces it. */
    public boolean hasBegun() {
        return sessions.stream().anyMatch(session -> !(session.life() instanceof SessionLife.Planned));
    }

    /** Whether all users of at least one session are in Okta. */
    public boolean hasSent() {
        return sessions.stream().anyMatch(FileSession::isSent);
    }

    public boolean hasSentAll() {
        return sessions.stream().allMatch(FileSession::isSent);
    }

    /** The first session of which Okta didn't say what became of it, as long as it was asked. */
    public Optional<FileSession> unconfirmed() {
        return sessions.stream()
                .filter(session -> session.life() instanceof SessionLife.Unconfirmed)
                .findFirst();
    }

    /** The first session that Okta ended without importing all of it. */
    public Optional<FileSession> broken() {
        return sessions.stream()
                .filter(session -> session.life() instanceof SessionLife.Broken)
                .findFirst();
    }

    /** Whether it failed between its sessions, so that it can go on where it stopped. */
    public boolean isResumable() {
        return state == FileState.FAILED && hold.stepped() && !hasSentAll();
    }

    /** Records in requests that Okta accepted, in sessions that it holds or held to the end. */
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

    /** Whether it has to do with groups or memberships at all. */
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
