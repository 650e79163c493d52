package dev.bulkuserimport.state;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.Compared;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.SessionState;
import dev.bulkuserimport.snapshot.StateManifest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes an application's state with what becomes of a file's sessions in Okta. A file that isn't a snapshot also changes it, if there is
 * one, so that the next snapshot knows what is in Okta.
 */
@Singleton
public class StateUpdates {

    /**
     * After this time no prepared session is started: an execution lasts at most a week, and the prepared requests are deleted after two
     * (lifecycle rule {@code work} in {@code infra/template.yaml}).
     */
    private static final Duration ABANDONED = Duration.ofDays(15);

    private final StateStore states;
    private final Sessions sessions;

    StateUpdates(StateStore states, Sessions sessions) {
        this.states = states;
        this.sessions = sessions;
    }

    /**
     * Asks Okta for the result of sessions whose imports ended, or were killed, before Okta had finished them. Nothing else checks them any
     * more, and a session that Okta has discarded must not count as imported.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when Okta doesn't answer
     */
    public void learnEnds(ImportId importId, String app, Deadline deadline) throws IOException {
        ApplicationState state = states.of(importId, app, deadline);
        for (StateManifest.SessionChanges session : unfinished(state)) {
            String status = status(app, session.sessionId(), deadline);
            state.change(now ->
                    now.sessions().contains(session) ? ended(now, session.importId(), session.number(), status) : now);
        }
    }

    /**
     * Merges what an import's failed sessions left in the state, before the import is planned again: its new sessions store their changes
     * under the same keys, and people who are in doubt must stay so.
     */
    public void mergeOwn(FileReport report, Deadline deadline) throws IOException {
        String importId = report.importId().toString();
        boolean isPart = states.of(report, deadline)
                .manifest()
                .filter(now -> now.sessions().stream()
                        .anyMatch(session -> session.importId().equals(importId)))
                .isPresent();
        if (isPart) {
            settle(report, deadline);
        }
    }

    private static List<StateManifest.SessionChanges> unfinished(ApplicationState state) throws IOException {
        return state.manifest().map(StateManifest::unfinished).orElse(List.of());
    }

    /** The effect of a session's status in Okta on the state. */
    private static StateManifest ended(StateManifest now, String importId, int number, String status) {
        return switch (status) {
            case "COMPLETED" -> now.ended(importId, number, StateManifest.End.COMPLETED);
            // It was never processed.
            case "EXPIRED" -> now.takenBack(importId, number);
            // Okta may have processed a part of it.
            case "ERROR", "CLOSED" -> now.ended(importId, number, StateManifest.End.IN_DOUBT);
            // Okta is still processing it, or no longer has it.
            default -> now;
        };
    }

    private String status(String app, String session, Deadline deadline) {
        try {
            return sessions.get(app, session, deadline).status();
        } catch (ProblemException e) {
            if (e.problem().type() == ProblemType.SESSION_NOT_FOUND) {
                return "";
            }
            throw e;
        }
    }

    /** A snapshot in which nothing had to be sent is still the newest. */
    public void unchanged(ImportId importId, String app, Compared compared, Deadline deadline) throws IOException {
        if (compared.learns().last().isPresent()) {
            ApplicationState state = states.of(importId, app, deadline);
            Optional<StateManifest.SessionChanges> learned = learned(state, importId, compared);
            state.change(now -> withLearned(now.seen(compared.learns().last().get()), learned, compared));
        }
    }

    private static StateManifest withLearned(
            StateManifest now, Optional<StateManifest.SessionChanges> learned, Compared compared) {
        return learned.isEmpty()
                ? now
                : now.started(
                        learned.get(),
                        compared.learns().properties(),
                        compared.learns().last());
    }

    /** A snapshot's changes of people who aren't sent; empty if there are none, or if a base already contains them. */
    private static Optional<StateManifest.SessionChanges> learned(
            ApplicationState state, ImportId importId, Compared compared) throws IOException {
        return compared.learns().unsent() && state.hasChanges(importId, Snapshots.LEARNED)
                ? Optional.of(new StateManifest.SessionChanges(
                        importId.toString(),
                        Snapshots.LEARNED,
                        "",
                        state.changes(importId, Snapshots.LEARNED),
                        StateManifest.End.COMPLETED))
                : Optional.empty();
    }

    /** A session of a file was started, now or in an earlier attempt. A finished one was recorded before its result was requested. */
    public void afterStart(FileReport report, int number, Deadline deadline) throws IOException {
        Optional<Compared> compared = report.compared();
        FileSession session = report.session(number).orElseThrow();
        boolean needless = session.isNeedless();
        if (compared.isPresent()
                && (session.state() == SessionState.STARTED || needless)
                && session.sessionId().isPresent()) {
            started(report.importId(), report.app(), number, session.sessionId().get(), compared.get(), deadline);
        }
        if (compared.isPresent() && needless) {
            afterLook(report, number, deadline);
        }
    }

    /** Okta's result of the sessions that were not seen to end can't be determined any more: their people are unknown. */
    public void unconfirmed(FileReport report, Deadline deadline) throws IOException {
        if (report.compared().isEmpty()) {
            return;
        }
        List<Integer> numbers = report.sessions().stream()
                .filter(session ->
                        session.state() == SessionState.STARTED || session.state() == SessionState.UNCONFIRMED)
                .map(FileSession::number)
                .toList();
        String importId = report.importId().toString();
        ApplicationState state = states.of(report, deadline);
        for (int number : numbers) {
            state.change(now -> now.ended(importId, number, StateManifest.End.IN_DOUBT));
        }
    }

    /** The same for each session that the state doesn't know to have ended. */
    public void afterLooks(FileReport report, Deadline deadline) throws IOException {
        if (report.compared().isEmpty()) {
            return;
        }
        List<Integer> open = unfinished(states.of(report, deadline)).stream()
                .filter(session -> session.importId().equals(report.importId().toString()))
                .map(StateManifest.SessionChanges::number)
                .toList();
        for (int number : open) {
            afterLook(report, number, deadline);
        }
    }

    /** Okta has reported a session's status. */
    public void afterLook(FileReport report, int number, Deadline deadline) throws IOException {
        if (report.compared().isEmpty()) {
            return;
        }
        FileSession session = report.session(number).orElseThrow();
        // Where Okta had nothing to do, its people are as the file says.
        Optional<String> word = session.life().outcome();
        SessionState state = session.state();
        if (state == SessionState.DONE || state == SessionState.BROKEN) {
            String importId = report.importId().toString();
            Compared.Learns learns = report.compared().get().learns();
            states.of(report, deadline).change(now -> {
                StateManifest ended = ended(now, importId, number, word.orElse(""));
                return state == SessionState.DONE
                        ? ended.confirmed(
                                importId, number, session.sessionId().orElse(""), learns.properties(), learns.last())
                        : ended;
            });
        }
    }

    /** A session was started: the state includes its changes from now on. Idempotent. */
    void started(ImportId importId, String app, int number, String sessionId, Compared compared, Deadline deadline)
            throws IOException {
        ApplicationState state = states.of(importId, app, deadline);
        if (!state.hasChanges(importId, number)
                && state.manifest()
                        .filter(now -> now.has(importId.toString(), number, sessionId))
                        .isEmpty()) {
            // Another import has merged them into the base since.
            return;
        }
        StateManifest.SessionChanges session = new StateManifest.SessionChanges(
                importId.toString(), number, sessionId, state.changes(importId, number), StateManifest.End.OPEN);
        Optional<StateManifest.SessionChanges> learned = learned(state, importId, compared);
        state.begin(now -> withLearned(now, learned, compared)
                .started(
                        session,
                        compared.learns().properties(),
                        compared.learns().last()));
    }

    /** Deletes leftovers of imports that never ended. */
    public void sweep(ImportId importId, String app, Deadline deadline) throws IOException {
        states.of(importId, app, deadline).sweep(Instant.now().minus(ABANDONED));
    }

    /** Merges finished sessions into the base, so that a state doesn't grow with every night. */
    public void settle(FileReport report, Deadline deadline) throws IOException {
        ImportId importId = report.importId();
        ApplicationState state = states.of(report, deadline);
        Optional<StateManifest> manifest = state.manifest();
        List<StateManifest.SessionChanges> settled = manifest.map(before -> report.state() == FileState.UNCONFIRMED
                        ? before.settledBefore(importId.toString())
                        : before.settled())
                .orElse(List.of());
        if (settled.isEmpty()) {
            return;
        }
        StateManifest before = manifest.get();
        String base = state.base(importId.hash(), state.people(before.with(settled)));
        StateManifest after = state.change(now ->
                        now.base().equals(before.base()) && now.sessions().containsAll(settled)
                                ? now.rebased(base, settled)
                                : now)
                .orElse(before);
        if (after.base().equals(Optional.of(base))) {
            List<String> old = new ArrayList<>();
            before.base().ifPresent(old::add);
            // Of those in doubt too: a session of which they are kept would count a second time when its import is
            // resumed.
            settled.forEach(session -> old.add(session.changes()));
            // A session that was in doubt shares its changes with the one sent in its place.
            old.removeAll(after.objects());
            state.delete(old);
        } else {
            state.delete(List.of(base));
        }
    }
}
