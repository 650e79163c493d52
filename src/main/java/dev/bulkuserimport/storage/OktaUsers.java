package dev.bulkuserimport.storage;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ApplicationUsers;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.upload.UserSearch;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks what became of a file's users, once Okta is done with its sessions: who of them its application users show. It says what Okta
 * said, and where it could not ask, that it didn't.
 */
@Singleton
class OktaUsers {

    private static final int LISTED_IDS = 100;

    private final ApplicationUsers applicationUsers;

    OktaUsers(ApplicationUsers applicationUsers) {
        this.applicationUsers = applicationUsers;
    }

    /**
     * Puts what Okta shows into the report. Nothing here fails an import.
     *
     * @param prepared where the sessions' users are
     */
    void look(Report report, PreparedSessions prepared, Deadline deadline) {
        if (report.file().isEmpty() || report.sessions().isEmpty()) {
            return;
        }
        boolean done = report.sessions().stream().allMatch(session -> session.state() == SessionState.DONE);
        if (report.file().get().callerSession().isPresent()) {
            report.okta(OktaView.unknown(
                    "The session is the caller's own: it is started and followed by whoever made it."));
        } else if (!done) {
            report.okta(OktaView.unknown("Okta had not finished all of the sessions when this report was written."));
        } else {
            report.okta(search(report, prepared, deadline));
        }
    }

    private OktaView search(Report report, PreparedSessions prepared, Deadline deadline) {
        ReadFile file = report.file().orElseThrow();
        UserSearch search = new UserSearch(
                file.operation() == ImportOperation.DEACTIVATE_AND_DELETE
                        ? BulkRequest.Kind.DELETE
                        : BulkRequest.Kind.UPSERT);
        try {
            for (SessionEntry session : report.sessions()) {
                SessionPlan plan = prepared.plan(session.number(), deadline);
                if (plan.users() != session.users()) {
                    return OktaView.unknown("An earlier attempt sent the users, and this one did not read them again.");
                }
                search.add(plan);
                if (report.sessions().size() > 1) {
                    prepared.sent(plan);
                }
            }
        } catch (IOException | ProblemException e) {
            return OktaView.unknown("The users could not be read again to look for them.");
        }
        Optional<String> partial = Optional.empty();
        try {
            applicationUsers.read(
                    file.applicationId(),
                    user -> search.shown(user.externalId(), user.userName(), user.status()),
                    deadline);
        } catch (ProblemException e) {
            if (e.problem().type() == ProblemType.OKTA_UNAUTHORIZED) {
                return OktaView.unknown(
                        "Okta doesn't let this function read the application's users (scope okta.apps.read).");
            }
            partial = Optional.of("Okta's list of the application's users could not be read to its end ("
                    + e.problem().type().slug() + "): those who are not shown may be in its rest.");
        }
        return new OktaView(search.byStatus(), search.notShown(), missing(report, prepared, search, deadline), partial);
    }

    private static List<String> missing(
            Report report, PreparedSessions prepared, UserSearch search, Deadline deadline) {
        List<String> missing = new ArrayList<>();
        try {
            for (SessionEntry session : report.sessions()) {
                if (missing.size() >= LISTED_IDS || missing.size() >= search.notShown()) {
                    break;
                }
                SessionPlan plan = prepared.plan(session.number(), deadline);
                missing.addAll(search.notShown(plan, LISTED_IDS - missing.size()));
                if (report.sessions().size() > 1) {
                    prepared.sent(plan);
                }
            }
        } catch (IOException | ProblemException e) {
            // Their number is known all the same.
        }
        return missing;
    }
}
