package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ApplicationUsers;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.OktaView;
import dev.bulkuserimport.report.SessionState;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.upload.UserSearch;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Determines the result for a file's users once Okta has finished its sessions: which of them are among the application users. It reports
 * only what Okta returned, and says so if it could not ask.
 */
@Singleton
class OktaUsers {

    private static final int LISTED_IDS = 100;
    private static final String REST = ": those not found may be in the rest of the list.";

    private final ApplicationUsers applicationUsers;
    private final OktaMemberships memberships;

    OktaUsers(ApplicationUsers applicationUsers, OktaMemberships memberships) {
        this.applicationUsers = applicationUsers;
        this.memberships = memberships;
    }

    /**
     * The report with the users' status in Okta. Nothing here makes an import fail.
     *
     * @param prepared where the sessions' users are
     */
    FileReport look(FileReport report, PreparedSessions prepared, Deadline deadline) {
        if (report.file().isEmpty() || report.sessions().isEmpty()) {
            return report;
        }
        OktaView view = view(report, prepared, deadline);
        return report.withEnding(
                report.ending().withOkta(view.withMemberships(memberships.look(report, prepared, deadline))));
    }

    private OktaView view(FileReport report, PreparedSessions prepared, Deadline deadline) {
        List<FileSession> ended =
                report.sessions().stream().filter(OktaUsers::isEnded).toList();
        if (report.callerSession().isPresent()) {
            return OktaView.unknown(report, "The session is the caller's own: the caller starts and follows it.");
        }
        if (ended.isEmpty() || report.sessions().stream().anyMatch(OktaUsers::isUnfinished)) {
            return OktaView.unknown(report, "Okta had not finished all of the sessions when this report was written.");
        }
        return search(report, ended, prepared, deadline);
    }

    private static boolean isUnfinished(FileSession session) {
        return session.state() == SessionState.STARTED || session.state() == SessionState.UNCONFIRMED;
    }

    private static boolean isEnded(FileSession session) {
        return session.state() == SessionState.DONE || session.state() == SessionState.BROKEN;
    }

    /** The imported and the deactivated people, searched separately. */
    private record Searches(UserSearch imported, UserSearch deactivated) {

        void add(SessionPlan plan) throws IOException {
            imported.add(plan);
            deactivated.add(plan);
        }

        boolean isDone() {
            return imported.isDone() && deactivated.isDone();
        }
    }

    private OktaView search(
            FileReport report, List<FileSession> sessions, PreparedSessions prepared, Deadline deadline) {
        Searches searches =
                new Searches(new UserSearch(BulkOperation.UPSERT_USERS), new UserSearch(BulkOperation.DELETE_USERS));
        try {
            for (FileSession session : sessions) {
                SessionPlan plan = prepared.plan(session, deadline);
                if (plan.users() != session.users()) {
                    return OktaView.unknown(
                            report, "An earlier attempt sent the users, and this one did not read them again.");
                }
                searches.add(plan);
                prepared.sent(plan);
            }
        } catch (IOException | ProblemException e) {
            return OktaView.unknown(report, "The users could not be read again to look for them.");
        }
        Optional<String> partial = unfinished(report);
        try {
            ApplicationUsers.Look look = applicationUsers.look(
                    report.app(),
                    user -> {
                        searches.imported.shown(user.externalId(), user.userName(), user.status());
                        searches.deactivated.shown(user.externalId(), user.userName(), user.status());
                    },
                    searches::isDone,
                    deadline);
            if (look == ApplicationUsers.Look.SPARED) {
                partial = Optional.of(
                        "Okta's list of the application's users was not read to its end, because that would have used up"
                                + " Okta's rate limit" + REST);
            }
        } catch (ProblemException e) {
            if (e.problem().type() == ProblemType.OKTA_UNAUTHORIZED) {
                return OktaView.unknown(
                        report, "The function may not read the application's users (scope okta.apps.read).");
            }
            partial = Optional.of(
                    deadline.isOver()
                            ? "There was no time left to read Okta's list of the application's users to its end" + REST
                            : "Okta's list of the application's users could not be read to its end ("
                                    + e.problem().type().slug() + ")" + REST);
        }
        boolean leavers = report.operation()
                .filter(asked -> asked == ImportOperation.DEACTIVATE_AND_DELETE)
                .isPresent();
        boolean whole = partial.isEmpty();
        Optional<OktaView.Seen> deactivated = searches.deactivated.isEmpty()
                ? Optional.empty()
                : Optional.of(seen(searches.deactivated, whole, sessions, prepared, deadline));
        return leavers
                ? new OktaView(OktaView.sessions(report), deactivated, Optional.empty(), partial)
                : new OktaView(
                        OktaView.sessions(report),
                        Optional.of(seen(searches.imported, whole, sessions, prepared, deadline)),
                        deactivated,
                        partial);
    }

    /** If Okta ended a session early, it is unknown who is still to appear. */
    private static Optional<String> unfinished(FileReport report) {
        return report.sessions().stream().allMatch(session -> session.state() == SessionState.DONE)
                ? Optional.empty()
                : Optional.of(
                        "Not all of the sessions were completed. Users of the others who were found in Okta may be from"
                                + " before, without this file's changes.");
    }

    /** @param whole whether those not found are certainly missing and can be listed */
    private static OktaView.Seen seen(
            UserSearch search,
            boolean whole,
            List<FileSession> sessions,
            PreparedSessions prepared,
            Deadline deadline) {
        List<String> missing = new ArrayList<>();
        try {
            for (FileSession session : sessions) {
                if (!whole || missing.size() >= LISTED_IDS || missing.size() >= search.notShown()) {
                    break;
                }
                SessionPlan plan = prepared.plan(session, deadline);
                missing.addAll(search.notShown(plan, LISTED_IDS - missing.size()));
                prepared.sent(plan);
            }
        } catch (IOException | ProblemException e) {
            // Their number is known anyway.
        }
        return new OktaView.Seen(search.byStatus(), search.notShown(), missing, whole);
    }
}
