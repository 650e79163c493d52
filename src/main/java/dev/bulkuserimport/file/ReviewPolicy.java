package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Durations;
import dev.bulkuserimport.file.Found.Fact;
import dev.bulkuserimport.plan.PlanSummary;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.Review;
import dev.bulkuserimport.report.Ruling;
import dev.bulkuserimport.report.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides what happens to a file that a guard has stopped, and which decisions are valid. Pure, like {@link FilePolicy}: nothing is sent
 * without an approval, and an approved file is planned again and sent only if the plan is the same.
 */
final class ReviewPolicy {

    /** During this time after the stop a decision is likely, and the file is checked more often. */
    private static final Duration SOON = Duration.ofHours(2);

    private static final Duration SHORT = Duration.ofMinutes(1);

    /** A week of such waits fits into the history of two executions. */
    private static final Duration LONG = Duration.ofMinutes(5);

    /** The member that holds how many people would be deactivated, as in a guard's problem. */
    private static final String USERS = "users";

    private ReviewPolicy() {}

    /**
     * Whether a plan needs a decision: a guard stops it, or it isn't the one that was approved.
     *
     * @param plan its hash
     * @param guarded whether a guard stops it
     */
    static boolean needsDecision(FileReport report, String plan, boolean guarded) {
        return report.review()
                .filter(Review::isApproved)
                .map(approved -> !approved.plan().equals(plan))
                .orElse(guarded);
    }

    /**
     * Why a plan needs a decision.
     *
     * @param guard what the guard says that stops it; empty if it only isn't the plan that was approved
     * @param plan what would be sent now
     */
    static Problem reason(Optional<Problem> guard, PlanSummary plan) {
        return guard.orElseGet(() -> Problem.of(
                        ProblemType.DEACTIVATION_LIMIT_EXCEEDED,
                        "This is not the plan that was approved: since then, the state of the application's people, the"
                                + " mapping or a setting has changed, or the day of a rule with a date has come. No guard"
                                + " stops this one, but it needs a decision of its own: "
                                + Words.users(plan.users())
                                + " would be sent, " + Words.number(plan.deactivations())
                                + " of them to be deactivated. Nothing was sent. If this is intended, approve it, or"
                                + " upload the file again.")
                .with(USERS, plan.deactivations())
                .with(Review.APPROVED_PLAN_CHANGED, true));
    }

    /** Whether the time in which a stopped file waits for a decision is over. */
    static boolean isExpired(FileReport report, Instant now) {
        return report.stopped().filter(review -> now.isAfter(review.until())).isPresent();
    }

    /** The state machine's first step, for a file that waits. */
    static Next next(Review review, Found found) {
        if (found.is(Fact.READ)) {
            return new Next.Rest();
        }
        if (found.answer(Fact.NEWER_VERSION).isEmpty()) {
            return new Next.Ask(Fact.NEWER_VERSION);
        }
        if (found.answer(Fact.NEWER_SNAPSHOT).isEmpty()) {
            return new Next.Ask(Fact.NEWER_SNAPSHOT);
        }
        if (review.isApproved()) {
            return new Next.Read();
        }
        if (!review.isRejected() && found.answer(Fact.EXPIRED).isEmpty()) {
            return new Next.Ask(Fact.EXPIRED);
        }
        return review.isRejected() || found.is(Fact.EXPIRED)
                ? failed(review, review.problem(), tooLate(review))
                : new Next.Rest();
    }

    /** The execution ends while the file waits, or before an approved plan is made again: nothing was sent. */
    static Next finish(FileReport report, Review review, Optional<StepError> error, Found found) {
        if (error.isEmpty() && !review.isRejected()) {
            return new Next.Refuse(Problem.of(
                    ProblemType.SESSION_CONFLICT,
                    "This file waits for a decision until " + review.until() + ", or to be planned again after one."));
        }
        if (!review.isDecided() && found.answer(Fact.EXPIRED).isEmpty()) {
            return new Next.Ask(Fact.EXPIRED);
        }
        Problem problem = review.isApproved()
                ? report.problem().orElseGet(() -> FileProblems.crashed(report, error))
                : review.problem();
        String undecided = error.filter(ended -> !found.is(Fact.EXPIRED))
                .map(ended -> "The execution ended (" + ended.name() + ") before anyone decided.")
                .orElse(tooLate(review));
        return failed(review, problem.after(0, List.of()), undecided);
    }

    /** How long to wait before the file is looked at again: never past the end of its time. */
    static int secondsToWait(Review review, Instant now) {
        Duration left = Duration.between(now, review.until()).plusSeconds(1);
        Duration pause = now.isBefore(review.since().plus(SOON)) ? SHORT : LONG;
        return (int) Math.max(1, Durations.shorter(left, pause).toSeconds());
    }

    private static String tooLate(Review review) {
        return "No one decided in time: it waited until " + review.until() + ".";
    }

    /** @param undecided the note if nothing was decided */
    private static Next failed(Review review, Problem problem, String undecided) {
        String note = review.ruling()
                .map(ruling -> (ruling.choice() == Ruling.Choice.APPROVE ? "Approved" : "Rejected")
                        + ruling.by().map(who -> " by " + who).orElse("") + " at " + ruling.at() + ".")
                .orElse(undecided);
        return new Next.End(FileState.FAILED, Optional.of(problem), Optional.of(note), Optional.empty());
    }

    /**
     * Takes a decision.
     *
     * @param plan the hash that the decision is about
     * @return the report with it; empty where exactly this was decided before
     * @throws dev.bulkuserimport.problem.ProblemException {@code session-conflict} if it is too late, about another plan, or contradicts an
     *     earlier one
     */
    static Optional<FileReport> decide(FileReport report, String plan, Ruling ruling) {
        Review review = report.review().orElseThrow(() -> conflict("This file does not wait for a decision.")
                .exception());
        if (!review.plan().equals(plan)) {
            throw conflict(
                            "The decision is about a different plan than the one that is waiting. Check the report again.")
                    .with("plan", review.plan())
                    .exception();
        }
        if (review.isDecided()) {
            Ruling earlier = review.ruling().orElseThrow();
            if (earlier.choice() == ruling.choice()) {
                return Optional.empty();
            }
            throw conflict("It was decided at " + earlier.at() + " to "
                            + earlier.choice().word() + " this plan.")
                    .exception();
        }
        if (report.state().isOver() || ruling.at().isAfter(review.until())) {
            throw conflict("The decision is too late: the file waited until " + review.until()
                            + (report.state().isOver() ? ", and ended as " + report.state() : "") + ".")
                    .exception();
        }
        return Optional.of(report.withKnown(report.known().withReview(review.with(ruling))));
    }

    private static Problem conflict(String detail) {
        return Problem.of(ProblemType.SESSION_CONFLICT, detail + " Nothing was changed.");
    }
}
