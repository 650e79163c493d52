package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.file.Found.Fact;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.PlanSummary;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.Hold;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.ReadFile;
import dev.bulkuserimport.report.Review;
import dev.bulkuserimport.report.Ruling;
import dev.bulkuserimport.report.SessionLife;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.snapshot.StateManifest;
import dev.bulkuserimport.support.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A file that a guard has stopped")
class ReviewPolicyTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration TWO_DAYS = Duration.ofDays(2);

    /**
     * A stopped file and what happens to it, each event a letter: {@code p} a step of planFile begins (whoever is at work already has been
     * killed), {@code q} it ends and saves, unless someone else has changed the report, {@code P} it does both; {@code A}, {@code R} the plan of the report is
     * approved or rejected, {@code a} the first plan is approved, whatever waits now; {@code E} the time is over; {@code N} a newer snapshot
     * comes; {@code V} a newer version of the key; {@code C} another file changes the state, so that this one would send something else;
     * {@code F} the execution is aborted and closed; {@code S} a session is imported.
     */
    private static final class World {
        private static final String EVENTS = "pqPARaENCFS";

        FileReport report;
        private int version;
        private String plan = "plan-0";
        private String first = "plan-0";
        private boolean late;
        private boolean newerSnapshot;
        private boolean newerVersion;
        private Optional<FileReport> atWork = Optional.empty();
        private int readVersion;
        private String prepared = "";
        private String preparing = "";
        final List<String> sent = new ArrayList<>();
        final List<String> approved = new ArrayList<>();
        boolean rejected;

        World() {
            ObjectVersion object =
                    new ObjectVersion("hr", "imports/a.csv", Optional.of("v1"), Optional.empty(), Optional.empty());
            report = FileReport.of(ImportId.of(object, "hr"), object, NOON)
                    .withHold(new Hold(true, 1, Optional.empty(), Optional.empty()));
            step(new Errand.Plan());
            assertThat(report.state()).isEqualTo(FileState.WAITING);
        }

        World after(String events) {
            for (char event : events.toCharArray()) {
                happens(event);
            }
            return this;
        }

        private void happens(char event) {
            switch (event) {
                case 'p' -> {
                    atWork = Optional.of(report);
                    readVersion = version;
                }
                case 'q' -> {
                    if (atWork.isPresent() && readVersion == version) {
                        step(new Errand.Plan());
                    }
                    atWork = Optional.empty();
                }
                case 'P' -> after("pq");
                case 'A' ->
                    decide(Ruling.Choice.APPROVE, report.review().orElseThrow().plan());
                case 'a' -> decide(Ruling.Choice.APPROVE, first);
                case 'R' ->
                    decide(Ruling.Choice.REJECT, report.review().orElseThrow().plan());
                case 'E' -> late = true;
                case 'N' -> newerSnapshot = true;
                case 'V' -> newerVersion = true;
                case 'C' -> plan = "plan-" + (Integer.parseInt(plan.substring(5)) + 1);
                case 'F' -> step(new Errand.Finish(Optional.of(new StepError("Execution.ABORTED", Optional.empty()))));
                case 'S' -> step(new Errand.Send(1));
                default -> throw new IllegalArgumentException(String.valueOf(event));
            }
        }

        private void decide(Ruling.Choice choice, String about) {
            Instant now = late ? report.review().orElseThrow().until().plusSeconds(1) : NOON.plusSeconds(60);
            Ruling ruling = new Ruling(choice, now, Optional.of("ann"), false, Optional.empty());
            try {
                Optional<FileReport> decided = ReviewPolicy.decide(report, about, ruling);
                if (decided.isPresent()) {
                    save(decided.get());
                    if (choice == Ruling.Choice.APPROVE) {
                        approved.add(about);
                    }
                    rejected |= choice == Ruling.Choice.REJECT;
                }
            } catch (ProblemException e) {
                assertThat(e.problem().type()).isEqualTo(ProblemType.SESSION_CONFLICT);
            }
        }

        private void save(FileReport next) {
            report = next;
            version++;
        }

        /** As the runner does it, with a planner that a guard stops. */
        private void step(Errand errand) {
            FileReport now = report;
            Found found = Found.NOTHING;
            for (int i = 0; i < 20; i++) {
                Next next = FilePolicy.next(now, errand, found);
                if (next instanceof Next.Ask question) {
                    found = switch (question.fact()) {
                        case NEWER_VERSION -> found.with(question.fact(), newerVersion);
                        case NEWER_SNAPSHOT -> found.with(question.fact(), newerSnapshot);
                        case EXPIRED -> found.with(question.fact(), late);
                        // The report here doesn't say that it was compared with one.
                        case STATE -> found.with(question.fact(), false);
                        default -> found.missing(OptionalInt.empty());
                    };
                } else if (next instanceof Next.Read) {
                    found = found.did(newerSnapshot ? Fact.OLDER_SNAPSHOT : Fact.READ);
                    now = newerSnapshot ? now : read(now);
                } else if (next instanceof Next.Send) {
                    sent.add(prepared);
                    now = now.with(1, new SessionLife.Started("aps1", NOON, "TRIGGERED", 10));
                } else if (next instanceof Next.Learn) {
                    found = found.did(Fact.LEARNED);
                } else if (next instanceof Next.Look) {
                    found = found.did(Fact.LOOKED);
                } else if (next instanceof Next.Rest) {
                    prepared = preparing.isEmpty() ? prepared : preparing;
                    preparing = "";
                    save(now.stopped().isPresent() ? now.withState(FileState.WAITING) : now);
                    return;
                } else if (next instanceof Next.End end) {
                    save(now.withProblem(end.problem()).finished(end.state(), NOON));
                    return;
                } else {
                    return;
                }
            }
            throw new AssertionError("never ends");
        }

        private FileReport read(FileReport now) {
            FileReport read = now.withKnown(now.known()
                    .naming(Optional.of("0oa1"), Optional.of(ImportOperation.SNAPSHOT))
                    .read(
                            new ReadFile(Optional.empty(), false, 20, 0, 20, 9, 0, 0, 0, 0, FileNotes.NONE),
                            Rejections.NONE));
            if (ReviewPolicy.needsDecision(now, plan, true)) {
                return read.withSessions(List.of()).withKnown(read.known().withReview(review(plan)));
            }
            preparing = plan;
            return read.withState(FileState.PLANNED).withSessions(List.of(Sessions.planned(1, 10, 9, 1, 2, 11)));
        }
    }

    private static Review review(String plan) {
        return new Review(
                plan,
                Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "9 people would be deactivated."),
                new StateManifest.Origin(NOON, ""),
                NOON,
                NOON.plus(TWO_DAYS),
                List.of("E-1"),
                new Review.Desk(Optional.empty(), Optional.empty()),
                Optional.empty());
    }

    @Test
    @Tag("exhaustive")
    @DisplayName(
            "sends nothing without a yes, and a yes sends exactly the plan that was shown, whatever happens in whatever order")
    void everyOrder() {
        // All orders of five events; an order of fewer is the beginning of one of them.
        int orders = (int) Math.pow(World.EVENTS.length(), 5);
        int sent = 0;
        for (int order = 0; order < orders; order++) {
            StringBuilder events = new StringBuilder();
            for (int rest = order, i = 0; i < 5; i++, rest /= World.EVENTS.length()) {
                events.append(World.EVENTS.charAt(rest % World.EVENTS.length()));
            }
            World world = new World().after(events.toString());
            if (!world.approved.containsAll(world.sent)
                    || world.sent.size() > 1
                    || world.rejected && !world.sent.isEmpty() && world.approved.isEmpty()) {
                throw new AssertionError(events + " sent " + world.sent + ", approved " + world.approved);
            }
            sent += world.sent.size();
        }
        // An order in which something goes is among them.
        assertThat(sent).isPositive();
    }

    @Test
    @DisplayName("is overtaken, not interrupted, by a newer snapshot while it waits")
    void overtaken() {
        Found newer = Found.NOTHING.did(Fact.NEWER_SNAPSHOT).did(Fact.LEARNED);
        assertThat(FilePolicy.next(new World().report, new Errand.Plan(), newer))
                .isEqualTo(Next.End.overtaken());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what happens | how it ends | what was sent
                "pq | WAITING | ",
                "ApqS | PLANNED | plan-0",
                "AApqpqSS | PLANNED | plan-0",
                "Rpq | FAILED | ",
                "RApqS | FAILED | ",
                "ARpqS | PLANNED | plan-0",
                "Epq | FAILED | ",
                "EApqS | FAILED | ",
                "AEpqS | PLANNED | plan-0",
                // The decision comes while a step is at work on the expiry: the step loses, and the next one finds the
                // decision.
                "pAEqpqS | PLANNED | plan-0",
                "pREqpq | FAILED | ",
                "Npq | SUPERSEDED | ",
                "ANpqS | SUPERSEDED | ",
                "NApqS | SUPERSEDED | ",
                "ApqNS | SUPERSEDED | ",
                "Vpq | SUPERSEDED | ",
                "AVpqS | SUPERSEDED | ",
                // The state has changed: what was approved isn't what would be sent, so it waits anew.
                "CApqS | WAITING | ",
                "CApqApqS | PLANNED | plan-1",
                "CApqapqS | WAITING | ",
                "CApqRpqS | FAILED | ",
                "CApqEpqS | FAILED | ",
                "ApqCS | PLANNED | plan-0",
                // Planned, and the state changes before anything is sent: planned is planned.
                "ApqCpqS | PLANNED | plan-0",
                // The step is killed and done again.
                "ApppqS | PLANNED | plan-0",
                // The execution is aborted.
                "F | FAILED | ",
                "AFpqS | FAILED | ",
                "FApqS | FAILED | ",
                "ApqSF | UNCONFIRMED | plan-0",
                "S | WAITING | ",
                "AS | WAITING | "
            })
    @DisplayName("ends as it was decided")
    void orders(String events, FileState state, String sent) {
        World world = new World().after(events);
        assertThat(world.report.state()).isEqualTo(state);
        assertThat(String.join(" ", world.sent)).isEqualTo(sent == null ? "" : sent);
        if (state == FileState.FAILED && !events.contains("AF")) {
            assertThat(world.report.problem().orElseThrow().type()).isEqualTo(ProblemType.DEACTIVATION_LIMIT_EXCEEDED);
        }
    }

    @Test
    @DisplayName("takes the same decision twice, and no other one, no late one and none about another plan")
    void decisions() {
        FileReport waiting = new World().report;
        Ruling yes = new Ruling(
                Ruling.Choice.APPROVE, NOON.plusSeconds(1), Optional.of("ann"), true, Optional.of("a merger"));
        FileReport approved = ReviewPolicy.decide(waiting, "plan-0", yes).orElseThrow();

        assertThat(approved.review().orElseThrow().ruling()).contains(yes);
        assertThat(ReviewPolicy.decide(approved, "plan-0", yes)).isEmpty();
        assertThat(ReviewPolicy.decide(approved.finished(FileState.COMPLETED, NOON), "plan-0", yes))
                .isEmpty();
        Ruling no = new Ruling(Ruling.Choice.REJECT, NOON, Optional.empty(), false, Optional.empty());
        Ruling late = new Ruling(
                Ruling.Choice.APPROVE, NOON.plus(TWO_DAYS).plusMillis(1), Optional.empty(), false, Optional.empty());
        conflicts(approved, "plan-0", no, "decided at 2026-11-25T12:00:01Z to approve");
        conflicts(waiting, "plan-1", yes, "a different plan");
        conflicts(waiting, "plan-0", late, "too late");
        conflicts(waiting.finished(FileState.SUPERSEDED, NOON), "plan-0", yes, "ended as SUPERSEDED");
        conflicts(FileReport.of(waiting.importId(), waiting.source(), NOON), "plan-0", yes, "does not wait");
    }

    private static void conflicts(FileReport report, String plan, Ruling ruling, String why) {
        assertThatThrownBy(() -> ReviewPolicy.decide(report, plan, ruling))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().type()).isEqualTo(ProblemType.SESSION_CONFLICT);
                    assertThat(e.problem().detail()).contains(why);
                });
    }

    @Test
    @DisplayName("waits anew for what the guard says, or for a plan that no guard stops with its own counts")
    void reason() {
        PlanSummary now = new PlanSummary(1_605, 0, 1_205, 5, 0, 0, 0, 0, 0, 0, List.of(), Rejections.NONE);
        Problem guard = Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "600 people would be deactivated.");
        assertThat(ReviewPolicy.reason(Optional.of(guard), now)).isEqualTo(guard);
        Problem other = ReviewPolicy.reason(Optional.empty(), now);
        assertThat(other.type()).isEqualTo(ProblemType.DEACTIVATION_LIMIT_EXCEEDED);
        assertThat(other.detail())
                .contains(
                        "not the plan that was approved",
                        "the mapping or a setting",
                        "1,205 users would be sent, 5 of them to be deactivated");
        assertThat(other.more()).containsEntry("users", 5).containsEntry("approvedPlanChanged", true);
    }

    @ParameterizedTest
    @CsvSource({
        // minutes since it was stopped, seconds until the next look
        "0, 60",
        "119, 60",
        "120, 300",
        "2876, 241",
        "2880, 1",
        "3000, 1"
    })
    @DisplayName("is looked at often at first, and never later than its time ends")
    void pauses(long minutes, int seconds) {
        assertThat(ReviewPolicy.secondsToWait(review("plan-0"), NOON.plus(Duration.ofMinutes(minutes))))
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"WAITING, '', true", "RETRY, '', true", "RETRY, REJECT, true", "RETRY, APPROVE, false"})
    @DisplayName("holds up no other file when a step fails, until it is approved")
    void failedStep(FileState state, String decision, boolean holdsUpNoOther) {
        FileReport report = new World().report.withState(state);
        if (!decision.isEmpty()) {
            Ruling ruling = new Ruling(
                    Ruling.Choice.valueOf(decision), NOON.plusSeconds(1), Optional.empty(), false, Optional.empty());
            report = ReviewPolicy.decide(report, "plan-0", ruling).orElseThrow();
        }
        assertThat(WaitingLine.holdsUpNoOther(report)).isEqualTo(holdsUpNoOther);
    }

    @Test
    @DisplayName("is not finished while it waits")
    void unfinished() {
        FileReport waiting = new World().report;
        Next next = FilePolicy.next(waiting, new Errand.Finish(Optional.empty()), Found.NOTHING);
        assertThat(next).isInstanceOf(Next.Refuse.class);
    }

    @ParameterizedTest
    @CsvSource({
        "R, false, Rejected by ann at",
        "A, false, Approved by ann at",
        "'', true, No one decided in time: it waited until 2026-11-27T12:00:00Z.",
        "'', false, The execution ended (Execution.ABORTED) before anyone decided."
    })
    @DisplayName("ends with a note on who decided what, or why no one did")
    void note(String events, boolean late, String note) {
        StepError error = new StepError("Execution.ABORTED", Optional.empty());
        FileReport report = new World().after(events).report;
        Errand.Finish errand = new Errand.Finish(Optional.of(error));
        Found found = Found.NOTHING;
        if (FilePolicy.next(report, errand, found) instanceof Next.Ask question) {
            assertThat(question.fact()).isEqualTo(Fact.EXPIRED);
            found = found.with(question.fact(), late);
        }
        Next next = FilePolicy.next(report, errand, found);
        assertThat(next)
                .isInstanceOfSatisfying(
                        Next.End.class,
                        end -> assertThat(end.note()).get().asString().startsWith(note));
    }
}
