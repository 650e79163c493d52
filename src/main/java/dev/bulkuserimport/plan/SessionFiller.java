package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.BulkOperation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts valid records, already serialized, into sessions and passes on each full session. Records that can't be sent any more are still
 * counted, but no longer stored.
 */
final class SessionFiller {

    private final PlanRules rules;
    private final SessionSink sink;
    private final RecordWriter writer;
    private final SessionCutter cutter;
    private final List<Leaver> leavers = new ArrayList<>();
    private int upserts;
    private int deactivations;
    private int groups;
    private int memberships;
    private boolean announcedFirst;
    private boolean holding = true;

    private record Leaver(String externalId, int place) {}

    /**
     * @param writer writes the records
     * @param sink receives the sessions
     */
    SessionFiller(PlanRules rules, RecordWriter writer, SessionSink sink) {
        this.rules = rules;
        this.writer = writer;
        this.sink = sink;
        this.cutter = new SessionCutter(rules.usersPerPage(), BulkOperation.order(rules.operation()));
    }

    /**
     * Adds the last written record.
     *
     * @param place its position in the source
     */
    void add(BulkOperation operation, int place) throws IOException {
        switch (operation) {
            case UPSERT_USERS -> upserts++;
            case DELETE_USERS -> deactivations++;
            case UPSERT_GROUPS, DELETE_GROUPS -> groups++;
            default -> {
                // Memberships are counted by their members.
            }
        }
        int length = writer.length();
        if (cutter.isFull(operation, length)) {
            if (rules.oneSessionOnly()) {
                stopHolding();
            } else {
                byte[] record = writer.cutLast();
                handOver();
                writer.restart(record);
            }
        }
        if (users() > rules.most()) {
            stopHolding();
        }
        if (cutter.isFull(operation, length)) {
            cutter.next();
        }
        cutter.add(operation, place, writer.start(), length);
        if (!announcedFirst && cutter.requestCount() > 1) {
            announcedFirst = true;
            if (holding) {
                sink.firstRequestIsFull();
            }
        }
        if (rules.areTooMany(cutter.sessionCount(), cutter.requestCount())) {
            stopHolding();
        }
        if (!holding) {
            writer.takeBack();
        }
    }

    /** The size in bytes of another item that fits in the current request, or in a new one. */
    int room(BulkOperation operation) {
        return cutter.room(operation);
    }

    /** Adds the last written membership. */
    void addMembership(BulkOperation operation, int place, SessionPlan.Members members) throws IOException {
        memberships += members.count();
        add(operation, place);
        cutter.members(members);
    }

    /**
     * Queues the deactivation of a person whose record isn't written: upserts of users come before it in a session, and so do the removals of
     * memberships and groups.
     */
    void addLater(String externalId, int place) {
        leavers.add(new Leaver(externalId, place));
    }

    /** Queued deactivations. */
    int leavers() {
        return leavers.size();
    }

    /** Adds the queued deactivations. */
    void addLeavers() throws IOException {
        for (Leaver leaver : leavers) {
            addDeactivation(leaver.externalId(), leaver.place());
        }
        leavers.clear();
    }

    /** Adds the deactivation of a person whose record isn't written. */
    void addDeactivation(String externalId, int place) throws IOException {
        writer.begin();
        char[] text = externalId.toCharArray();
        writer.externalId(text, text.length);
        writer.end();
        add(BulkOperation.DELETE_USERS, place);
    }

    /** From now on records are only counted, and their bytes are discarded. */
    void stopHolding() throws IOException {
        if (holding) {
            holding = false;
            writer.clear();
        }
    }

    /** Passes on the current session. */
    void handOver() throws IOException {
        if (holding && cutter.items() > 0) {
            sink.session(cutter.session(writer.bytes()));
        }
        cutter.next();
    }

    /** The number of users in all sessions. */
    int users() {
        return upserts + deactivations;
    }

    int deactivations() {
        return deactivations;
    }

    /** The number of groups in all sessions. */
    int groups() {
        return groups;
    }

    /** The number of pairs of a group and a member. */
    int memberships() {
        return memberships;
    }

    /** The number of sessions. */
    int sessions() {
        return cutter.sessionCount();
    }

    /** The number of bulk requests of all sessions, including users who are only counted. */
    int requestsWith(int more) {
        return cutter.requestCountWith(more);
    }
}
