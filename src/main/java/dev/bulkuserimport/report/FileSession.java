package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.rules.BulkOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session of a file: its users, and its state.
 *
 * @param number from 1
 * @param users upserts and deletes
 * @param deactivations how many of them are deactivated
 * @param requests bulk requests
 * @param first the position of its first user: a line if the file has lines, otherwise an index
 * @param last the position of its last user
 * @param beside its groups and memberships; empty for a session with only users
 * @param seal the keyed hash of its prepared requests; empty if they are not stored
 * @param life its state
 */
public record FileSession(
        int number,
        int users,
        int deactivations,
        int requests,
        int first,
        int last,
        Optional<GroupsOfSession> beside,
        Optional<String> seal,
        SessionLife life) {

    /** A session that is ready to be sent. */
    public static FileSession planned(SessionPlan plan, Optional<String> seal) {
        return new FileSession(
                plan.number(),
                plan.users(),
                plan.deactivations(),
                plan.requests().size(),
                plan.firstPlace(0, plan.users()),
                plan.lastPlace(0, plan.users()),
                GroupsOfSession.of(plan),
                seal,
                new SessionLife.Planned());
    }

    public FileSession with(SessionLife next) {
        return new FileSession(number, users, deactivations, requests, first, last, beside, seal, next);
    }

    /** The same with other stored requests. */
    public FileSession sealed(Optional<String> other) {
        return new FileSession(number, users, deactivations, requests, first, last, beside, other, life);
    }

    /**
     * Whether another plan gives it the same places and as many of each kind. A report of an earlier version doesn't say between which
     * members a membership was split, so these only count where it does.
     */
    public boolean isCutLike(FileSession planned) {
        boolean splits = beside.flatMap(GroupsOfSession::members).isPresent();
        return equals(new FileSession(
                planned.number,
                planned.users,
                planned.deactivations,
                planned.requests,
                planned.first,
                planned.last,
                splits ? planned.beside : planned.beside.map(GroupsOfSession::withoutMembers),
                seal,
                life));
    }

    public SessionState state() {
        return life.state();
    }

    public Optional<String> sessionId() {
        return life.sessionId();
    }

    public int recordsImported() {
        return life.records();
    }

    /** Whether all of its users are in Okta and nothing more has to be sent. */
    public boolean isSent() {
        return life.state().isSent();
    }

    /** Whether it was cancelled, because Okta knows none of the people whom it was to deactivate. */
    public boolean isNeedless() {
        return life instanceof SessionLife.Done done && done.isNeedless();
    }

    /** Groups in requests that Okta accepted, as long as the session contains them. */
    public int groupsImported() {
        return life.holdsAll()
                ? beside.map(GroupsOfSession::groups).orElse(0)
                : life.accepted().groups();
    }

    /** Pairs of a group and a member, likewise. */
    public int membershipsImported() {
        return life.holdsAll()
                ? beside.map(GroupsOfSession::memberships).orElse(0)
                : life.accepted().memberships();
    }

    /** What it holds, in words: each kind of which there is any, and users if there is none. */
    List<String> content() {
        List<String> kinds =
                new ArrayList<>(beside.map(GroupsOfSession::content).orElse(List.of()));
        if (users > 0 || kinds.isEmpty()) {
            kinds.add(0, Words.users(users));
        }
        return kinds;
    }

    /** Whether Okta ended it without completing it. */
    boolean wasEndedByOkta() {
        return life.status()
                .filter(status -> status.equals("ERROR") || status.equals("EXPIRED"))
                .isPresent();
    }

    /** Whether it only deactivates, so that Okta may know none of its users. */
    public boolean onlyDeactivates() {
        return users > 0 && deactivations == users && beside.isEmpty();
    }

    /** Its whole content, as possibly not imported. */
    public List<NotImported> ranges(NotImported.Outcome outcome) {
        if (beside.isEmpty()) {
            return users == 0 ? List.of() : List.of(new NotImported(first, last, users, outcome));
        }
        List<NotImported> ranges = new ArrayList<>(beside.get().ranges(outcome));
        if (users > 0) {
            ranges.add(
                    0, GroupsOfSession.range(BulkOperation.Kind.USERS, first, last, users, outcome, Optional.empty()));
        }
        return ranges;
    }
}
