package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.GroupMembers;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.MembershipItems;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.GroupsOfSession;
import dev.bulkuserimport.report.OktaView;
import dev.bulkuserimport.report.SessionState;
import dev.bulkuserimport.rules.BulkOperation;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks which of a file's memberships Okta shows, group by group, once Okta is done with its sessions. */
@Singleton
class OktaMemberships {

    /** Groups that are read for one file: each takes a request at least. */
    private static final int MOST_GROUPS = 500;

    /** Memberships that are looked for; they are held in memory. */
    private static final int MOST_MEMBERSHIPS = 200_000;

    private static final String REST = ", so the other groups were not looked at.";

    private static final String SPARED = "More would have used up Okta's rate limit" + REST;

    private final GroupMembers members;

    OktaMemberships(GroupMembers members) {
        this.members = members;
    }

    /** What a file made of one group. */
    private static final class Expected {
        private final Set<String> joined = new HashSet<>();
        private final Set<String> left = new HashSet<>();
    }

    /** What Okta shows of them; empty for a file that sent no memberships, or of which they can't be read again. */
    Optional<OktaView.Memberships> look(FileReport report, PreparedSessions prepared, Deadline deadline) {
        boolean done = report.sessions().stream().allMatch(session -> session.state() == SessionState.DONE);
        if (!done || report.membershipsImported() == 0) {
            return Optional.empty();
        }
        if (report.membershipsImported() > MOST_MEMBERSHIPS) {
            return Optional.of(OktaView.Memberships.unread(
                    "More memberships were sent than are looked for (" + MOST_MEMBERSHIPS + ")."));
        }
        try {
            return expected(report, prepared, deadline).map(groups -> search(report.app(), groups, deadline));
        } catch (IOException | ProblemException e) {
            return Optional.of(
                    OktaView.Memberships.unread("The memberships could not be read again to look for them."));
        }
    }

    private static Optional<Map<String, Expected>> expected(
            FileReport report, PreparedSessions prepared, Deadline deadline) throws IOException {
        Map<String, Expected> groups = new LinkedHashMap<>();
        for (FileSession session : report.sessions()) {
            SessionPlan plan = prepared.plan(session, deadline);
            if (!GroupsOfSession.of(plan).equals(session.beside())) {
                return Optional.empty();
            }
            for (BulkRequest request : plan.requests()) {
                if (request.operation().kind() == BulkOperation.Kind.MEMBERSHIPS) {
                    boolean joins = request.operation() == BulkOperation.UPSERT_MEMBERSHIPS;
                    MembershipItems.each(plan, request, (group, ids) -> {
                        Expected of = groups.computeIfAbsent(group, any -> new Expected());
                        (joins ? of.joined : of.left).addAll(ids);
                    });
                }
            }
            prepared.sent(plan);
        }
        return Optional.of(groups);
    }

    private OktaView.Memberships search(String app, Map<String, Expected> groups, Deadline deadline) {
        int read = 0;
        int shown = 0;
        int missing = 0;
        int stillThere = 0;
        Optional<String> partial = Optional.empty();
        for (Map.Entry<String, Expected> group : groups.entrySet()) {
            if (read == MOST_GROUPS) {
                partial = Optional.of(MOST_GROUPS + " groups are looked at for one file" + REST);
                break;
            }
            Set<String> seen = new HashSet<>();
            GroupMembers.Look look;
            try {
                look = members.look(app, group.getKey(), seen::add, deadline);
            } catch (ProblemException e) {
                partial = Optional.of(why(e, deadline));
                break;
            }
            if (look == GroupMembers.Look.SPARED) {
                partial = Optional.of(SPARED);
                break;
            }
            read++;
            int here = (int)
                    group.getValue().joined.stream().filter(seen::contains).count();
            shown += here;
            missing += group.getValue().joined.size() - here;
            stillThere +=
                    (int) group.getValue().left.stream().filter(seen::contains).count();
            if (look == GroupMembers.Look.WHOLE_AND_LAST && read < groups.size()) {
                partial = Optional.of(SPARED);
                break;
            }
        }
        return new OktaView.Memberships(read, shown, missing, stillThere, partial);
    }

    private static String why(ProblemException e, Deadline deadline) {
        if (e.problem().type() == ProblemType.OKTA_UNAUTHORIZED) {
            return "Okta doesn't let this function read the members of groups (scope okta.identitySources.read).";
        }
        return deadline.isOver()
                ? "There was no time left" + REST
                : "Okta's list of a group's members could not be read ("
                        + e.problem().type().slug() + ")" + REST;
    }
}
