package dev.bulkuserimport.file;

import dev.bulkuserimport.file.Found.Fact;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.Review;
import dev.bulkuserimport.report.SessionLife;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.upload.ManagedSession;
import java.util.List;
import java.util.Optional;

/**
 * Decides the next step of a file's import from its report, the errand, and what was found out and done so far. Pure, so every sequence of
 * kills, repeats, replaced objects and conflicts is a row of a table test. Each step may be killed and repeated, and sends no one twice.
 */
final class FilePolicy {

    private FilePolicy() {}

    static Next next(FileReport report, Errand errand, Found found) {
        if (report.state().isOver()) {
            return new Next.Tell();
        }
        if (found.is(Fact.NEWER_VERSION)) {
            return Next.End.newerVersion();
        }
        if (found.is(Fact.OLDER_SNAPSHOT)) {
            return Next.End.olderSnapshot();
        }
        if (found.is(Fact.OUTDATED)) {
            return Next.End.outdated();
        }
        if (found.is(Fact.NEWER_SNAPSHOT)) {
            return settled(report, found, true)
                    .or(() -> learned(found))
                    .orElseGet(() -> report.stopped().isPresent() ? Next.End.overtaken() : Next.End.interrupted());
        }
        if (errand instanceof Errand.Finish finish) {
            return finish(report, finish.error(), found);
        }
        if (errand instanceof Errand.Send send) {
            return send(report, send.number(), found);
        }
        return errand instanceof Errand.Plan ? plan(report, found) : whole(report, found);
    }

    private static Next plan(FileReport report, Found found) {
        Optional<Review> stopped = report.stopped();
        if (stopped.isPresent() && !(found.is(Fact.READ) && stopped.get().isApproved())) {
            return ReviewPolicy.next(stopped.get(), found);
        }
        if (found.is(Fact.READ)) {
            return report.isDryRun() || report.sessions().isEmpty() ? Next.End.completed() : new Next.Rest();
        }
        if (report.hasBegun() && unknown(found, Fact.NEWER_SNAPSHOT)) {
            return new Next.Ask(Fact.NEWER_SNAPSHOT);
        }
        // What failed before anything was sent may be started again after others have changed the state: it is planned
        // anew.
        boolean isCurrent = report.isUnderWay() || report.state() == FileState.PLANNED;
        if (report.file().isPresent() && !report.sessions().isEmpty() && isCurrent) {
            if (unknown(found, Fact.PREPARED)) {
                return new Next.Ask(Fact.PREPARED);
            }
            if (found.is(Fact.PREPARED)) {
                return new Next.Rest();
            }
            if (isCutByChangedState(report)) {
                return new Next.Refuse(
                        FileProblems.gone(report.importId(), found.missing().orElse(1)));
            }
        }
        return settled(report, found, false).orElseGet(Next.Read::new);
    }

    /**
     * Whether a file was compared with a state that others may have changed since: it failed before anything was sent, which let others go
     * first, and it has not been planned again.
     */
    static boolean isOutdated(FileReport report) {
        return report.compared().isPresent()
                && !report.isUnderWay()
                && report.state() != FileState.PLANNED
                && report.state() != FileState.IMPORTING;
    }

    /** Compared with a state that some of its sessions have changed, a file would be split differently. */
    private static boolean isCutByChangedState(FileReport report) {
        return report.compared().isPresent()
                && report.operation().filter(ImportOperation::takesProfiles).isPresent()
                && report.sessions().stream()
                        .anyMatch(session -> session.isSent() || session.life() instanceof SessionLife.Starting);
    }

    private static Next whole(FileReport report, Found found) {
        boolean followed = !unknown(found, Fact.FOLLOWED);
        if (report.hasBegun() && !report.hasSent() && !followed && unknown(found, Fact.NEWER_SNAPSHOT)) {
            return new Next.Ask(Fact.NEWER_SNAPSHOT);
        }
        // Before the file is read once more: it may be refused this time, or have nothing left to send.
        Optional<Next> open = found.is(Fact.READ) ? Optional.empty() : settled(report, found, false);
        if (open.isPresent()) {
            return open.get();
        }
        boolean complete = report.file().isPresent()
                && report.session(1).filter(FileSession::isSent).isPresent();
        if (!complete && !found.is(Fact.READ) && !followed) {
            return new Next.Read();
        }
        if (report.isDryRun() || report.sessions().isEmpty()) {
            return Next.End.completed();
        }
        FileSession session = report.sessions().get(0);
        if (!session.isSent() && !followed) {
            return sendable(report, session);
        }
        return learned(found).orElseGet(() -> followed(report, session, found));
    }

    private static Next followed(FileReport report, FileSession session, Found found) {
        if (report.callerSession().isPresent()) {
            return Next.End.completed();
        }
        if (unknown(found, Fact.FOLLOWED)) {
            return new Next.Follow();
        }
        if (unknown(found, Fact.LOOKED)) {
            return new Next.Look();
        }
        if (session.life() instanceof SessionLife.Unconfirmed) {
            return unconfirmed(FileProblems.stillWorking(session, report));
        }
        if (session.life() instanceof SessionLife.Started) {
            return unconfirmed(FileProblems.notFollowed(session));
        }
        return session.life() instanceof SessionLife.Broken
                ? Next.End.failed(FileProblems.ended(session, report))
                : Next.End.completed();
    }

    private static Next send(FileReport report, int number, Found found) {
        Optional<FileSession> asked = report.session(number);
        if (asked.isEmpty()) {
            return new Next.Refuse(FileProblems.noSession(report.importId(), number));
        }
        FileSession session = asked.get();
        if (session.isSent()) {
            return learned(found).orElseGet(Next.Rest::new);
        }
        if (isOutdated(report)) {
            return new Next.Refuse(FileProblems.outdatedPlan(number));
        }
        boolean begun = report.hasBegun() || !found.settled().isEmpty();
        if (!begun && unknown(found, Fact.NEWER_VERSION)) {
            return new Next.Ask(Fact.NEWER_VERSION);
        }
        if (unknown(found, Fact.NEWER_SNAPSHOT)) {
            return new Next.Ask(Fact.NEWER_SNAPSHOT);
        }
        for (FileSession earlier : report.sessions().subList(0, number - 1)) {
            if (earlier.life() instanceof SessionLife.Broken) {
                return new Next.Refuse(FileProblems.ended(earlier, report));
            }
            if (earlier.life() instanceof SessionLife.Unconfirmed) {
                return new Next.Refuse(FileProblems.notConfirmed(earlier, report));
            }
            if (!earlier.isSent()) {
                return new Next.Refuse(FileProblems.outOfOrder(earlier.number(), number));
            }
        }
        boolean open = report.callerSession().isEmpty() && session.life() instanceof SessionLife.Open;
        if (open && !found.settled().contains(number)) {
            return new Next.Settle(number, false);
        }
        return begun ? sendable(report, session) : first(report, session, found);
    }

    /** A file that was planned before there was a state is planned again: the state would never learn of what it sends. */
    private static Next first(FileReport report, FileSession session, Found found) {
        boolean isUnaware =
                report.compared().isEmpty() && report.callerSession().isEmpty() && !found.is(Fact.READ);
        if (isUnaware && unknown(found, Fact.STATE)) {
            return new Next.Ask(Fact.STATE);
        }
        return isUnaware && found.is(Fact.STATE) ? new Next.Read() : sendable(report, session);
    }

    /** The caller's own session can't be emptied, so users that may be in it aren't sent again silently. */
    private static Next sendable(FileReport report, FileSession session) {
        return report.callerSession().isPresent() && session.life() instanceof SessionLife.Loading loading
                ? new Next.Refuse(FileProblems.halfLoaded(session, loading.id()))
                : new Next.Send(session.number());
    }

    private static Next finish(FileReport report, Optional<StepError> error, Found found) {
        Optional<Review> stopped = report.stopped();
        if (stopped.isPresent()) {
            return ReviewPolicy.finish(report, stopped.get(), error, found);
        }
        boolean failed = error.isPresent() || report.problem().isPresent();
        Optional<FileSession> rest =
                report.sessions().stream().filter(session -> !session.isSent()).findFirst();
        if (report.file().isPresent()
                && !failed
                && rest.isPresent()
                && report.broken().isEmpty()
                && report.unconfirmed().isEmpty()) {
            return new Next.Refuse(FileProblems.unfinished(rest.get(), report));
        }
        return settled(report, found, true)
                .or(() -> learned(found))
                .or(() -> unknown(found, Fact.LOOKED) ? Optional.of(new Next.Look()) : Optional.empty())
                .orElseGet(() -> end(report, error));
    }

    private static Next end(FileReport report, Optional<StepError> error) {
        // A file with nothing to send is completed by the step that has planned it.
        if (report.sessions().isEmpty()) {
            return Next.End.failed(report.problem()
                    .map(problem -> problem.after(0, List.of()))
                    .orElseGet(() -> FileProblems.crashed(report, error)));
        }
        if (report.unconfirmed().isPresent()) {
            return unconfirmed(FileProblems.stillWorking(report.unconfirmed().get(), report));
        }
        if (report.hasSentAll()) {
            Optional<String> note = error.map(what -> "The session was not followed to its end (" + what.name() + ").");
            boolean isFollowed = report.callerSession().isEmpty()
                    && report.sessions().stream().anyMatch(session -> session.life() instanceof SessionLife.Started);
            return note.isPresent() && isFollowed
                    ? unconfirmed(note.get())
                    : new Next.End(FileState.COMPLETED, Optional.empty(), note, Optional.empty());
        }
        Optional<FileSession> broken =
                report.broken().filter(session -> report.callerSession().isEmpty());
        Problem met = broken.map(session -> FileProblems.ended(session, report))
                .or(report::problem)
                .orElseGet(() -> FileProblems.crashed(report, error));
        // Nothing discards a caller's session: what its problem knows of each request stays true.
        boolean isExact =
                report.callerSession().isPresent() && !met.notImported().isEmpty();
        Problem problem = met.after(report.recordsImported(), isExact ? met.notImported() : FileProblems.rest(report))
                .withoutRetry();
        return Next.End.failed(report.sessions().size() > 1 ? problem.adding(FileProblems.account(report)) : problem);
    }

    private static Next unconfirmed(String note) {
        return new Next.End(FileState.UNCONFIRMED, Optional.empty(), Optional.of(note), Optional.empty());
    }

    /** The first session that may be open in Okta and has to be resumed or discarded. */
    private static Optional<Next> settled(FileReport report, Found found, boolean closing) {
        if (report.file().isEmpty() || report.callerSession().isPresent()) {
            return Optional.empty();
        }
        return report.sessions().stream()
                .filter(session -> session.life() instanceof SessionLife.Open)
                .filter(session -> !found.settled().contains(session.number()))
                .map(session -> (Next) new Next.Settle(session.number(), closing))
                .findFirst();
    }

    private static Optional<Next> learned(Found found) {
        return found.is(Fact.LEARNED) ? Optional.empty() : Optional.of(new Next.Learn());
    }

    private static boolean unknown(Found found, Fact fact) {
        return found.answer(fact).isEmpty();
    }

    /** What to do with a session that an earlier attempt left. */
    enum Leftover {
        /** It was fully loaded, and Okta has started processing it. */
        COUNTS_AS_STARTED,
        /** It was fully loaded, and only the start is missing. */
        IS_STARTED_NOW,
        /** It is cancelled, and its users are sent again, or not at all. */
        IS_CANCELLED,
        /** There is nothing to cancel; its users are sent again, or not at all. No one is changed twice. */
        IS_FORGOTTEN
    }

    /**
     * Judges what an earlier attempt left.
     *
     * @param complete whether that attempt had loaded everything
     * @param found its status in Okta
     * @param closing whether nothing is sent any more
     */
    static Leftover resumeOrDiscard(boolean complete, ManagedSession.Leftover found, boolean closing) {
        return switch (found) {
            case STARTED -> complete ? Leftover.COUNTS_AS_STARTED : Leftover.IS_FORGOTTEN;
            case OPEN, EMPTY -> complete && !closing ? Leftover.IS_STARTED_NOW : Leftover.IS_CANCELLED;
            case GONE -> Leftover.IS_FORGOTTEN;
        };
    }
}
