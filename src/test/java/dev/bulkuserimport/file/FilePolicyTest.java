package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.file.Found.Fact;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.Compared;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.Hold;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.ReadFile;
import dev.bulkuserimport.report.SessionLife;
import dev.bulkuserimport.report.SessionState;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.snapshot.StateManifest;
import dev.bulkuserimport.support.Sessions;
import dev.bulkuserimport.upload.CreationWindow;
import dev.bulkuserimport.upload.Imported;
import dev.bulkuserimport.upload.ManagedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The decision about a file's import")
class FilePolicyTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    /**
     * An import that is played by the policy alone.
     *
     * @param world what is so: {@code newer} (version), {@code overtaken} and {@code older} (by another snapshot), {@code lost} (prepared
     *     requests), {@code dry}, {@code empty}, {@code callers}, {@code snapshot}, {@code state} (the file is compared with
     *     one), {@code first} (there is a state now), {@code endless} (Okta doesn't end the session), {@code again} (it is started
     *     again after it failed), {@code cancelled} (a session that was begun is to be sent again), {@code broken} (Okta ends the session),
     *     {@code failed} (an earlier step has), {@code unread}; and what Okta says of a session that was left: {@code STARTED},
     *     {@code OPEN}, {@code EMPTY}, {@code GONE}
     */
    private record Play(Errand errand, Set<String> world) {

        FileReport report(String sessions) {
            FileReport report = FileReport.of(id(), version(), NOON)
                    .withHold(new Hold(true, 1, Optional.empty(), Optional.empty()));
            if (sessions.isEmpty() && !is("empty")) {
                return is("failed") ? report.withProblem(Optional.of(sleeping())) : report;
            }
            report = read(report);
            List<FileSession> all = new ArrayList<>();
            for (String state : sessions.isEmpty() ? new String[0] : sessions.split(" ")) {
                int number = all.size() + 1;
                all.add(Sessions.planned(number, 10, 0, 1, number * 10, number * 10 + 9)
                        .with(life(SessionState.valueOf(state))));
            }
            FileReport planned = (is("failed") ? report.withProblem(Optional.of(sleeping())) : report)
                    .withState(FileState.PLANNED)
                    .withSessions(all);
            if (is("again")) {
                // As the claim does it.
                return planned.withState(planned.isUnderWay() ? FileState.IMPORTING : FileState.CLAIMED);
            }
            return is("cancelled") ? planned.withState(FileState.IMPORTING) : planned;
        }

        private FileReport read(FileReport report) {
            Optional<StateManifest.Origin> origin =
                    is("snapshot") ? Optional.of(new StateManifest.Origin(NOON, "")) : Optional.empty();
            return report.withKnown(report.known()
                    .naming(Optional.of("0oa1"), Optional.of(ImportOperation.CREATE_AND_UPDATE))
                    .read(
                            new ReadFile(
                                    is("callers") ? Optional.of("aps9") : Optional.empty(),
                                    is("dry"),
                                    20,
                                    0,
                                    20,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    FileNotes.NONE),
                            Rejections.NONE)
                    .withCompared(Optional.of(new Compared(
                                    Optional.empty(),
                                    new Compared.Learns(
                                            List.of(),
                                            origin.map(at -> new StateManifest.LastSnapshot(at, SourceShape.NONE)),
                                            false)))
                            .filter(compared -> is("snapshot") || is("state"))));
        }

        private boolean is(String word) {
            return world.contains(word);
        }

        String steps(String sessions) {
            FileReport report = report(sessions);
            Found found = Found.NOTHING;
            StringBuilder steps = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                Next next = FilePolicy.next(report, errand, found);
                steps.append(steps.isEmpty() ? "" : " ").append(name(next));
                if (next instanceof Next.Tell
                        || next instanceof Next.End
                        || next instanceof Next.Rest
                        || next instanceof Next.Refuse) {
                    return steps.toString();
                }
                report = after(next, report);
                found = found(next, found);
            }
            throw new AssertionError("never ends: " + steps);
        }

        private FileReport after(Next next, FileReport report) {
            if (next instanceof Next.Settle left) {
                FileSession session = report.session(left.number()).orElseThrow();
                boolean complete = session.life() instanceof SessionLife.Starting;
                if (session.life() instanceof SessionLife.Creating) {
                    return left.closing() ? report.with(left.number(), new SessionLife.Planned()) : report;
                }
                ManagedSession.Leftover leftover = world.stream()
                        .filter(word -> word.equals(word.toUpperCase(java.util.Locale.ROOT)))
                        .map(ManagedSession.Leftover::valueOf)
                        .findFirst()
                        .orElse(ManagedSession.Leftover.GONE);
                return switch (FilePolicy.resumeOrDiscard(complete, leftover, left.closing())) {
                    case COUNTS_AS_STARTED, IS_STARTED_NOW -> report.with(left.number(), life(SessionState.STARTED));
                    case IS_CANCELLED, IS_FORGOTTEN -> report.with(left.number(), new SessionLife.Planned());
                };
            }
            if (next instanceof Next.Read && report.sessions().isEmpty()) {
                FileReport planned = read(report);
                return is("empty") ? planned : planned.withSessions(List.of(Sessions.planned(1, 20, 0, 1, 2, 21)));
            }
            if (next instanceof Next.Send send) {
                return report.with(send.number(), life(SessionState.STARTED));
            }
            if (next instanceof Next.Follow) {
                boolean stays = report.session(1).orElseThrow().life() instanceof SessionLife.Unconfirmed;
                return stays || is("endless")
                        ? report
                        : report.with(1, life(is("broken") ? SessionState.BROKEN : SessionState.DONE));
            }
            return report;
        }

        private Found found(Next next, Found found) {
            if (next instanceof Next.Ask question) {
                return switch (question.fact()) {
                    case NEWER_VERSION -> found.with(question.fact(), is("newer"));
                    case NEWER_SNAPSHOT -> found.with(question.fact(), is("overtaken"));
                    case STATE -> found.with(question.fact(), is("first"));
                    default -> found.missing(is("lost") ? OptionalInt.of(1) : OptionalInt.empty());
                };
            }
            if (next instanceof Next.Settle left) {
                return found.settled(left.number());
            }
            if (next instanceof Next.Read) {
                return found.did(is("newer") ? Fact.NEWER_VERSION : is("older") ? Fact.OLDER_SNAPSHOT : Fact.READ);
            }
            if (next instanceof Next.Learn) {
                return found.did(Fact.LEARNED);
            }
            if (next instanceof Next.Follow) {
                return found.did(Fact.FOLLOWED);
            }
            return next instanceof Next.Look ? found.did(Fact.LOOKED) : found;
        }

        private static String name(Next next) {
            if (next instanceof Next.Ask question) {
                return question.fact() + "?";
            }
            if (next instanceof Next.Settle left) {
                return "Settle" + left.number();
            }
            if (next instanceof Next.Send send) {
                return "Send" + send.number();
            }
            if (next instanceof Next.Refuse refuse) {
                return "Refuse:" + refuse.problem().type().slug();
            }
            if (next instanceof Next.End end) {
                return end.state()
                        + end.problem()
                                .map(problem -> ":" + problem.type().slug())
                                .orElse("");
            }
            return next.getClass().getSimpleName();
        }
    }

    private static SessionLife life(SessionState state) {
        return switch (state) {
            case PLANNED -> new SessionLife.Planned();
            case CREATING -> new SessionLife.Creating(List.of(new CreationWindow(NOON, NOON)));
            case LOADING -> new SessionLife.Loading("aps1", NOON);
            case STARTING -> new SessionLife.Starting("aps1", NOON, 10);
            case STARTED -> new SessionLife.Started("aps1", NOON, "TRIGGERED", 10);
            case UNCONFIRMED -> new SessionLife.Unconfirmed("aps1", NOON, "TRIGGERED", 10);
            case DONE -> new SessionLife.Done("aps1", NOON, "COMPLETED", 10, NOON);
            case BROKEN -> SessionLife.Broken.ended("aps1", NOON, "ERROR", NOON);
            case SUPERSEDED -> new SessionLife.Superseded();
        };
    }

    private static ObjectVersion version() {
        return new ObjectVersion("hr", "imports/a.csv", Optional.of("v1"), Optional.empty(), Optional.empty());
    }

    private static ImportId id() {
        return ImportId.of(version(), "hr");
    }

    private static Problem sleeping() {
        return Problem.unavailable("Okta sleeps.", Duration.ofSeconds(5));
    }

    private static String steps(Errand errand, String sessions, String world) {
        return new Play(errand, world == null ? Set.of() : Set.of(world.split(" ")))
                .steps(sessions == null ? "" : sessions);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // sessions as an earlier attempt left them | what is so | what is done
                " | | Read Send1 Learn Follow Look COMPLETED",
                " | dry | Read COMPLETED",
                " | empty | Read COMPLETED",
                " | newer | Read SUPERSEDED",
                " | older | Read SUPERSEDED",
                " | broken | Read Send1 Learn Follow Look FAILED:okta-rejected",
                " | callers | Read Send1 Learn COMPLETED",
                // Killed before anything was in Okta.
                "PLANNED | | Read Send1 Learn Follow Look COMPLETED",
                "PLANNED | newer | Read SUPERSEDED",
                // Killed in the middle of it.
                "CREATING | | NEWER_SNAPSHOT? Settle1 Read Send1 Learn Follow Look COMPLETED",
                "LOADING | OPEN | NEWER_SNAPSHOT? Settle1 Read Send1 Learn Follow Look COMPLETED",
                "LOADING | STARTED | NEWER_SNAPSHOT? Settle1 Read Send1 Learn Follow Look COMPLETED",
                "LOADING | GONE | NEWER_SNAPSHOT? Settle1 Read Send1 Learn Follow Look COMPLETED",
                "STARTING | OPEN | NEWER_SNAPSHOT? Settle1 Learn Follow Look COMPLETED",
                "STARTING | STARTED | NEWER_SNAPSHOT? Settle1 Learn Follow Look COMPLETED",
                "STARTING | STARTED broken | NEWER_SNAPSHOT? Settle1 Learn Follow Look FAILED:okta-rejected",
                "STARTING | GONE | NEWER_SNAPSHOT? Settle1 Read Send1 Learn Follow Look COMPLETED",
                "STARTING | EMPTY overtaken | NEWER_SNAPSHOT? Settle1 Learn SUPERSEDED",
                "LOADING | OPEN overtaken | NEWER_SNAPSHOT? Settle1 Learn SUPERSEDED",
                // A caller's own session can't be emptied.
                "LOADING | callers | NEWER_SNAPSHOT? Read Refuse:session-conflict",
                // Killed after the start: it is never sent again.
                "STARTED | | Learn Follow Look COMPLETED",
                "STARTED | broken | Learn Follow Look FAILED:okta-rejected",
                "STARTED | callers | Learn COMPLETED",
                "DONE | | Learn Follow Look COMPLETED",
                "UNCONFIRMED | | Learn Follow Look UNCONFIRMED",
                // Okta doesn't end it in time, or doesn't say so.
                "STARTED | endless | Learn Follow Look UNCONFIRMED",
                "STARTED | endless callers | Learn COMPLETED",
                // Okta ended it, and the attempt that saw it could not write that down.
                "BROKEN | | NEWER_SNAPSHOT? Read Send1 Learn Follow Look COMPLETED"
            })
    @DisplayName("of a notification")
    void whole(String sessions, String world, String steps) {
        assertThat(steps(new Errand.Whole(), sessions, world)).isEqualTo(steps);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | | Read Rest",
                " | dry | Read COMPLETED",
                " | empty | Read COMPLETED",
                " | newer | Read SUPERSEDED",
                " | older | Read SUPERSEDED",
                // Planned before: what is there isn't planned again.
                "PLANNED PLANNED | | PREPARED? Rest",
                // Others may have been imported since it failed.
                "PLANNED PLANNED | again | Read Rest",
                "DONE PLANNED | again | NEWER_SNAPSHOT? PREPARED? Rest",
                "STARTED BROKEN | again state | NEWER_SNAPSHOT? PREPARED? Rest",
                "LOADING PLANNED | again state | NEWER_SNAPSHOT? PREPARED? Rest",
                // What Okta ended is no longer under way.
                "BROKEN | again state | NEWER_SNAPSHOT? Read Rest",
                "BROKEN PLANNED | again snapshot | NEWER_SNAPSHOT? Read Rest",
                "BROKEN | again overtaken | NEWER_SNAPSHOT? Learn SUPERSEDED",
                "PLANNED | lost | PREPARED? Read Rest",
                "PLANNED | lost newer | PREPARED? Read SUPERSEDED",
                // Started again where it failed.
                "DONE PLANNED | | NEWER_SNAPSHOT? PREPARED? Rest",
                "DONE LOADING | | NEWER_SNAPSHOT? PREPARED? Rest",
                "DONE BROKEN | | NEWER_SNAPSHOT? PREPARED? Rest",
                "DONE LOADING | lost OPEN | NEWER_SNAPSHOT? PREPARED? Settle2 Read Rest",
                "DONE PLANNED | lost | NEWER_SNAPSHOT? PREPARED? Read Rest",
                // Compared with a state that its own first session has changed, it would be another one.
                "DONE PLANNED | lost state | NEWER_SNAPSHOT? PREPARED? Refuse:invalid-request",
                "LOADING PLANNED | lost state | NEWER_SNAPSHOT? PREPARED? Settle1 Read Rest",
                "DONE PLANNED | lost snapshot | NEWER_SNAPSHOT? PREPARED? Refuse:invalid-request",
                "STARTING PLANNED | lost snapshot | NEWER_SNAPSHOT? PREPARED? Refuse:invalid-request",
                "LOADING PLANNED | lost snapshot | NEWER_SNAPSHOT? PREPARED? Settle1 Read Rest",
                // A newer snapshot was imported meanwhile.
                "DONE LOADING | overtaken OPEN | NEWER_SNAPSHOT? Settle2 Learn SUPERSEDED",
                "DONE PLANNED | overtaken | NEWER_SNAPSHOT? Learn SUPERSEDED"
            })
    @DisplayName("of a state machine's first step")
    void plan(String sessions, String world, String steps) {
        assertThat(steps(new Errand.Plan(), sessions, world)).isEqualTo(steps);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | PLANNED | | NEWER_VERSION? NEWER_SNAPSHOT? STATE? Send1 Learn Rest",
                "1 | PLANNED | callers | NEWER_VERSION? NEWER_SNAPSHOT? Send1 Learn Rest",
                "1 | PLANNED | state | NEWER_VERSION? NEWER_SNAPSHOT? Send1 Learn Rest",
                // Planned before there was a state, which would never learn of what it sends.
                "1 | PLANNED | first | NEWER_VERSION? NEWER_SNAPSHOT? STATE? Read Send1 Learn Rest",
                "1 | PLANNED | first older | NEWER_VERSION? NEWER_SNAPSHOT? STATE? Read SUPERSEDED",
                "1 | PLANNED | again first | NEWER_VERSION? NEWER_SNAPSHOT? STATE? Read Send1 Learn Rest",
                "2 | DONE PLANNED | first | NEWER_SNAPSHOT? Send2 Learn Rest",
                "1 | PLANNED | newer | NEWER_VERSION? SUPERSEDED",
                "1 | PLANNED | overtaken | NEWER_VERSION? NEWER_SNAPSHOT? Learn SUPERSEDED",
                "2 | DONE PLANNED | | NEWER_SNAPSHOT? Send2 Learn Rest",
                "2 | STARTED PLANNED | | NEWER_SNAPSHOT? Send2 Learn Rest",
                "2 | DONE PLANNED | overtaken | NEWER_SNAPSHOT? Learn SUPERSEDED",
                // Again, after it was sent.
                "1 | STARTED | | Learn Rest",
                "1 | DONE PLANNED | | Learn Rest",
                // Again, after it was cut off.
                "1 | CREATING | | NEWER_SNAPSHOT? Settle1 Send1 Learn Rest",
                "1 | LOADING | OPEN | NEWER_SNAPSHOT? Settle1 Send1 Learn Rest",
                "1 | STARTING | OPEN | NEWER_SNAPSHOT? Settle1 Learn Rest",
                "1 | STARTING | STARTED | NEWER_SNAPSHOT? Settle1 Learn Rest",
                "1 | STARTING | GONE | NEWER_SNAPSHOT? Settle1 Send1 Learn Rest",
                "1 | LOADING | callers | NEWER_SNAPSHOT? Refuse:session-conflict",
                "1 | BROKEN | | NEWER_SNAPSHOT? Send1 Learn Rest",
                // Again, after it had failed before anything was sent: others may have changed the people since.
                "1 | PLANNED | again state | Refuse:invalid-request",
                "1 | PLANNED PLANNED | again snapshot | Refuse:invalid-request",
                "1 | BROKEN | again state | Refuse:invalid-request",
                "1 | PLANNED | again | NEWER_VERSION? NEWER_SNAPSHOT? STATE? Send1 Learn Rest",
                "1 | PLANNED | cancelled state | NEWER_VERSION? NEWER_SNAPSHOT? Send1 Learn Rest",
                "1 | LOADING | again state OPEN | NEWER_SNAPSHOT? Settle1 Send1 Learn Rest",
                "2 | DONE PLANNED | again state | NEWER_SNAPSHOT? Send2 Learn Rest",
                "2 | DONE BROKEN | again snapshot | NEWER_SNAPSHOT? Send2 Learn Rest",
                // Out of order.
                "2 | PLANNED PLANNED | | NEWER_VERSION? NEWER_SNAPSHOT? Refuse:session-conflict",
                "2 | BROKEN PLANNED | | NEWER_SNAPSHOT? Refuse:okta-rejected",
                "2 | UNCONFIRMED PLANNED | | NEWER_SNAPSHOT? Refuse:okta-unavailable",
                "3 | DONE DONE | | Refuse:invalid-request",
                "0 | DONE DONE | | Refuse:invalid-request"
            })
    @DisplayName("of a state machine's step for one session")
    void send(int number, String sessions, String world, String steps) {
        assertThat(steps(new Errand.Send(number), sessions, world)).isEqualTo(steps);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // error | sessions | what is so | what is done
                " | DONE DONE | | Learn Look COMPLETED",
                " | STARTED | | Learn Look COMPLETED",
                " | STARTED | callers | Learn Look COMPLETED",
                "States.Timeout | STARTED | callers | Learn Look COMPLETED",
                "States.Timeout | DONE STARTED | | Learn Look UNCONFIRMED",
                "States.Timeout | DONE DONE | | Learn Look COMPLETED",
                " | DONE BROKEN | | Learn Look FAILED:okta-rejected",
                " | DONE PLANNED | | Refuse:session-conflict",
                " | DONE PLANNED | failed | Learn Look FAILED:okta-unavailable",
                "States.Timeout | DONE PLANNED | | Learn Look FAILED:internal-error",
                "States.Timeout | DONE LOADING | OPEN | Settle2 Learn Look FAILED:internal-error",
                "States.Timeout | DONE CREATING | | Settle2 Learn Look FAILED:internal-error",
                // At the end nothing is started any more, but what Okta began with counts.
                "States.Timeout | DONE STARTING | OPEN | Settle2 Learn Look FAILED:internal-error",
                "States.Timeout | DONE STARTING | STARTED | Settle2 Learn Look UNCONFIRMED",
                // Okta had not finished one in the time for which it is followed.
                " | DONE UNCONFIRMED | | Learn Look UNCONFIRMED",
                " | UNCONFIRMED PLANNED | | Learn Look UNCONFIRMED",
                "States.TaskFailed | UNCONFIRMED PLANNED | failed | Learn Look UNCONFIRMED",
                // Read, but never planned.
                "States.Timeout | | empty failed | Learn Look FAILED:okta-unavailable",
                "States.Timeout | | empty | Learn Look FAILED:internal-error",
                // Never planned.
                "States.Timeout | | | Learn Look FAILED:internal-error",
                "States.Timeout | | failed | Learn Look FAILED:okta-unavailable"
            })
    @DisplayName("of a state machine's last step")
    void finish(String error, String sessions, String world, String steps) {
        Optional<StepError> what = Optional.ofNullable(error).map(name -> new StepError(name, Optional.empty()));
        assertThat(steps(new Errand.Finish(what), sessions, world)).isEqualTo(steps);
    }

    @ParameterizedTest
    @CsvSource({
        // what the last attempt met, later, the state machine's error, whether it can be started again
        "OKTA_UNAVAILABLE, true, FunctionError$OktaUnavailableException, true",
        "SECRET_UNAVAILABLE, true, FunctionError$SecretUnavailableException, true",
        "STORAGE_UNAVAILABLE, true, FunctionError$StorageUnavailableException, true",
        "SESSION_CONFLICT, true, States.Aborted, true",
        ", , States.Aborted, true",
        ", , STORAGE_UNAVAILABLE, true",
        ", , INVALID_USERS, false",
        "INVALID_USERS, false, FunctionError$InvalidUsersException, false"
    })
    @DisplayName(
            "of the last step of a file that was never planned: it can be started again unless the file itself is wrong")
    void neverPlanned(ProblemType met, Boolean later, String error, boolean resumable) {
        Optional<ProblemType> known = Arrays.stream(ProblemType.values())
                .filter(type -> type.name().equals(error))
                .findFirst();
        Optional<Problem> problem = Optional.ofNullable(met)
                .map(type -> Problem.of(type, "x"))
                .map(some -> later ? some.retryAfter(Duration.ofSeconds(1)) : some);
        FileReport report = new Play(new Errand.Plan(), Set.of()).report("").withProblem(problem);
        Next next = FilePolicy.next(
                report,
                new Errand.Finish(Optional.of(new StepError(error, known))),
                Found.NOTHING.did(Fact.LEARNED).did(Fact.LOOKED));
        assertThat(next).isInstanceOfSatisfying(Next.End.class, end -> assertThat(report.withProblem(end.problem())
                        .finished(end.state(), NOON)
                        .isResumable())
                .isEqualTo(resumable));
    }

    @ParameterizedTest
    @EnumSource(
            value = FileState.class,
            names = {"COMPLETED", "UNCONFIRMED", "FAILED", "SUPERSEDED"})
    @DisplayName("of an import that is over, whose end the log may not have")
    void untold(FileState state) {
        FileReport report =
                new Play(new Errand.Plan(), Set.of()).report("DONE PLANNED").finished(state, NOON);
        for (Errand errand : List.of(
                new Errand.Whole(), new Errand.Plan(), new Errand.Send(2), new Errand.Finish(Optional.empty()))) {
            assertThat(FilePolicy.next(report, errand, Found.NOTHING)).isInstanceOf(Next.Tell.class);
        }
    }

    @ParameterizedTest
    @EnumSource(ManagedSession.Leftover.class)
    @DisplayName("starts nothing at the end that Okta hasn't begun with, and cancels nothing that it has")
    void leftovers(ManagedSession.Leftover found) {
        for (boolean complete : List.of(true, false)) {
            assertThat(FilePolicy.resumeOrDiscard(complete, found, true))
                    .isNotEqualTo(FilePolicy.Leftover.IS_STARTED_NOW);
            if (found == ManagedSession.Leftover.STARTED || found == ManagedSession.Leftover.GONE) {
                assertThat(FilePolicy.resumeOrDiscard(complete, found, false))
                        .isNotIn(FilePolicy.Leftover.IS_STARTED_NOW, FilePolicy.Leftover.IS_CANCELLED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // problem, retry after, session left, caller's, notification or first step, others
        "OKTA_UNAVAILABLE, true, , , RETRY",
        "SESSION_CONFLICT, true, , , RETRY",
        "SECRET_UNAVAILABLE, true, , , RETRY",
        "SECRET_UNAVAILABLE, false, , , FAIL",
        "SECRET_UNAVAILABLE, false, DONE PLANNED, , FAIL",
        "STORAGE_UNAVAILABLE, true, , , RETRY",
        "STORAGE_UNAVAILABLE, false, , , FAIL",
        "OKTA_REJECTED, false, , , FAIL",
        "INVALID_USERS, false, PLANNED, , FAIL",
        "INTERNAL_ERROR, false, , , FAIL",
        // A session that could not be cancelled is reason enough.
        "OKTA_REJECTED, false, LOADING, , RETRY",
        "OKTA_REJECTED, false, CREATING, , RETRY",
        "OKTA_REJECTED, false, STARTING, , RETRY",
        "OKTA_REJECTED, false, DONE, , FAIL",
        // But not a caller's.
        "OKTA_REJECTED, false, LOADING, callers, FAIL",
        "OKTA_UNAVAILABLE, true, PLANNED, callers, RETRY",
        "OKTA_UNAVAILABLE, true, LOADING, callers unknown, FAIL",
        "OKTA_UNAVAILABLE, true, LOADING, callers some, FAIL",
        "OKTA_UNAVAILABLE, true, LOADING, callers unsent, RETRY",
        "OKTA_UNAVAILABLE, true, LOADING, callers unsent groupsImported, FAIL",
        "OKTA_UNAVAILABLE, true, LOADING, callers unsent membershipsImported, FAIL"
    })
    @DisplayName("after a failure")
    void failures(ProblemType type, boolean later, String session, String world, FailurePolicy.Response failure) {
        Set<String> words = world == null ? Set.of() : Set.of(world.split(" "));
        FileReport report = new Play(new Errand.Whole(), words).report(session == null ? "" : session);
        Problem problem = Problem.of(type, "x");
        problem = later ? problem.retryAfter(Duration.ofSeconds(1)) : problem;
        if (words.contains("unknown") || words.contains("some")) {
            int some = words.contains("some") ? 5 : 0;
            problem = problem.after(some, List.of(new NotImported(1, 9, 9, NotImported.Outcome.UNKNOWN)));
        }
        if (words.contains("unsent")) {
            problem = problem.after(0, List.of(new NotImported(1, 9, 9, NotImported.Outcome.NOT_SENT)))
                    .with("groupsImported", words.contains("groupsImported") ? 2 : 0)
                    .with("membershipsImported", words.contains("membershipsImported") ? 3 : 0);
        }
        assertThat(FailurePolicy.to(report, new Errand.Whole(), problem, false)).isEqualTo(failure);
        assertThat(FailurePolicy.to(report, new Errand.Plan(), problem, false)).isEqualTo(failure);
        assertThat(FailurePolicy.to(report, new Errand.Whole(), problem, true)).isEqualTo(FailurePolicy.Response.RETRY);
        boolean forGood = !later
                && Set.of(ProblemType.SECRET_UNAVAILABLE, ProblemType.STORAGE_UNAVAILABLE)
                        .contains(type);
        assertThat(FailurePolicy.to(report, new Errand.Send(1), problem, false))
                .as("the state machine repeats the step for hours, unless someone has to change something first")
                .isEqualTo(forGood ? FailurePolicy.Response.FAIL : FailurePolicy.Response.RELEASE);
        assertThat(FailurePolicy.to(report, new Errand.Send(1), problem, true))
                .isEqualTo(FailurePolicy.Response.RELEASE);
        assertThat(FailurePolicy.to(report, new Errand.Finish(Optional.empty()), problem, false))
                .isEqualTo(FailurePolicy.Response.RELEASE);
    }

    @Test
    @DisplayName("accounts for every user of an import that ends in the middle")
    void account() {
        FileReport report = new Play(new Errand.Plan(), Set.of()).report("DONE BROKEN PLANNED");
        Next next = FilePolicy.next(
                report,
                new Errand.Finish(Optional.empty()),
                Found.NOTHING.did(Fact.LEARNED).did(Fact.LOOKED));
        assertThat(next).isInstanceOfSatisfying(Next.End.class, end -> {
            assertThat(end.state()).isEqualTo(FileState.FAILED);
            Problem problem = end.problem().orElseThrow();
            assertThat(problem.recordsImported()).isEqualTo(10);
            assertThat(problem.notImported())
                    .containsExactly(
                            new NotImported(20, 29, 10, NotImported.Outcome.UNKNOWN),
                            new NotImported(30, 39, 10, NotImported.Outcome.NOT_SENT));
            assertThat(problem.detail()).contains("1 of 3 sessions (10 users) are in Okta", "continues with session 2");
        });
    }

    @Test
    @DisplayName("doesn't account for sessions where a file has only one")
    void oneSession() {
        assertThat(failure("BROKEN", Set.of()).detail()).doesNotContain("of 1 session");
        assertThat(failure("DONE BROKEN", Set.of()).detail()).contains("1 of 2 sessions");
    }

    @Test
    @DisplayName("reports what happened to a caller's session, which it can't cancel, not how Okta ended it")
    void callersSession() {
        assertThat(failure("BROKEN", Set.of()).type()).isEqualTo(ProblemType.OKTA_REJECTED);
        assertThat(failure("BROKEN", Set.of("callers")).type()).isEqualTo(ProblemType.OKTA_UNAVAILABLE);
    }

    @Test
    @DisplayName("keeps what is known of each request to a caller's session, and what it holds")
    void callersRanges() {
        NotImported refused =
                new NotImported(0, 0, 1, NotImported.Outcome.REJECTED, Optional.of("memberships"), Optional.empty());
        Problem met = Problem.of(ProblemType.OKTA_REJECTED, "x")
                .after(10, List.of(refused))
                .with("groupsImported", 2)
                .with("membershipsImported", 3);
        FileReport report = new Play(new Errand.Plan(), Set.of("callers"))
                .report("PLANNED")
                .with(1, new SessionLife.Broken("aps9", NOON, "IN_PROGRESS", Imported.of(met), Optional.empty()))
                .withProblem(Optional.of(met));
        assertThat(report.recordsImported()).isEqualTo(10);
        assertThat(report.groupsImported()).isEqualTo(2);
        assertThat(report.membershipsImported()).isEqualTo(3);
        Next next = FilePolicy.next(
                report,
                new Errand.Finish(Optional.empty()),
                Found.NOTHING.did(Fact.LEARNED).did(Fact.LOOKED));
        Problem problem = ((Next.End) next).problem().orElseThrow();
        assertThat(problem.recordsImported()).isEqualTo(10);
        assertThat(problem.notImported()).containsExactly(refused);
    }

    @Test
    @DisplayName("notes which error ended the following of a session")
    void notFollowed() {
        Next next = FilePolicy.next(
                new Play(new Errand.Plan(), Set.of()).report("STARTED"),
                new Errand.Finish(Optional.of(new StepError("States.Timeout", Optional.empty()))),
                Found.NOTHING.did(Fact.LEARNED).did(Fact.LOOKED));
        assertThat(next).isInstanceOfSatisfying(Next.End.class, end -> {
            assertThat(end.state()).isEqualTo(FileState.UNCONFIRMED);
            assertThat(end.note()).get().asString().contains("not followed to its end (States.Timeout)");
        });
    }

    private static Problem failure(String sessions, Set<String> world) {
        Next next = FilePolicy.next(
                new Play(new Errand.Plan(), world).report(sessions).withProblem(Optional.of(sleeping())),
                new Errand.Finish(Optional.empty()),
                Found.NOTHING.did(Fact.LEARNED).did(Fact.LOOKED));
        return ((Next.End) next).problem().orElseThrow();
    }
}
