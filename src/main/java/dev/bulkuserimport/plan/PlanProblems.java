package dev.bulkuserimport.plan;

import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.OktaLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The problems of a source that may not be sent. */
final class PlanProblems {

    private PlanProblems() {}

    /** @param unknown names that aren't in the schema, each with advice */
    static Problem unknownProperties(Map<String, String> unknown) {
        List<FieldError> errors = unknown.entrySet().stream()
                .map(name -> new FieldError(name.getKey(), name.getValue()))
                .toList();
        return Problem.invalidRequest(errors);
    }

    /** Groups come from two places, and nothing says which of them counts. */
    static Problem groupsTwice() {
        return Problem.invalidRequest(
                "groups", "are made by the mapping and listed beside the users too: leave one of the two out");
    }

    /**
     * @param records the number of records of all kinds
     * @param tooMany whether so many are invalid that the rest was only counted
     * @param skips whether invalid records are left out
     */
    static Problem invalidUsers(Rejections rejections, int records, boolean tooMany, boolean skips) {
        String why =
                "nothing was sent, not even the valid records. Fix the records, or set IMPORT_INVALID_USERS=skip to leave them"
                        + " out.";
        if (tooMany) {
            why = "after this many invalid ones the rest was only counted, and nothing was sent. Fix the records.";
        } else if (skips) {
            why = "there is none left to send. Fix the records.";
        }
        return invalidUsers(rejections, records, why);
    }

    private static Problem invalidUsers(Rejections rejections, int records, String why) {
        return Problem.of(
                        ProblemType.INVALID_USERS,
                        count(rejections.errorCount(), "error") + " in " + rejections.records() + " of "
                                + count(records, "record") + "; " + why)
                .with("errors", rejections.listed())
                .with("errorCount", rejections.errorCount())
                .with("errorKinds", rejections.listedKinds());
    }

    /** Records use logins that belong to other known people. */
    static Problem contradicted(Rejections rejections, int records) {
        return invalidUsers(
                rejections,
                records,
                "nothing was sent. In Okta a login belongs to one person, and these belong to other known people.");
    }

    static Problem limitExceeded(PlanRules rules, int users, SessionFiller sessions, int requests) {
        String limit = rules.oneSessionOnly()
                ? "a session can have " + OktaLimits.USERS_PER_SESSION + " users and " + OktaLimits.REQUESTS_PER_SESSION
                        + " requests. Nothing was sent. Split the import into several sessions, or upload it as a file"
                        + " without a session ID to the bucket of the state machine, which does that."
                : users > rules.most()
                        ? "a file may have " + rules.most() + " users. Nothing was sent. Split the file."
                        : "these are " + sessions.sessions() + " sessions, and a file may need "
                                + PlanRules.MOST_SESSIONS
                                + ". Nothing was sent. Split the file, or raise usersPerPage where it is low.";
        return Problem.of(
                        ProblemType.SESSION_LIMIT_EXCEEDED,
                        count(users, "user") + groups(sessions) + " need " + requests + " bulk requests of at most "
                                + rules.usersPerPage() + " users and " + OktaLimits.BYTES_PER_REQUEST + " bytes; "
                                + limit)
                .with("users", users)
                .with("groups", Optional.of(sessions.groups()).filter(groups -> groups > 0))
                .with("memberships", Optional.of(sessions.memberships()).filter(memberships -> memberships > 0))
                .with("requests", requests)
                .with("maxUsers", rules.most())
                .with("sessions", Optional.of(sessions.sessions()).filter(count -> !rules.oneSessionOnly()))
                .with("maxSessions", Optional.of(PlanRules.MOST_SESSIONS).filter(most -> !rules.oneSessionOnly()))
                .with(
                        "maxRequests",
                        Optional.of(OktaLimits.REQUESTS_PER_SESSION).filter(most -> rules.oneSessionOnly()));
    }

    private static String groups(SessionFiller sessions) {
        return sessions.groups() + sessions.memberships() == 0
                ? ""
                : ", " + count(sessions.groups(), "group") + " and " + count(sessions.memberships(), "membership");
    }

    /** {@code 1 group}, {@code 2 groups}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
