package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.bulkuserimport.rules.BulkOperation;
import java.io.IOException;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Splits a membership with many members into items that fill the requests, as few as the byte limit allows. */
final class MembershipCutter {

    /** An item's bytes other than its IDs: names, brackets and the group's quotes. */
    private static final int ITEM_BYTES = "{\"groupExternalId\":\"\",\"memberExternalIds\":[]}".length();

    /** A member's bytes other than the ID: quotes, and the comma before all but the first. */
    private static final int MEMBER_BYTES = 3;

    private final BulkOperation operation;
    private final SessionFiller sessions;
    private final RecordWriter writer;

    MembershipCutter(BulkOperation operation, SessionFiller sessions, RecordWriter writer) {
        this.operation = operation;
        this.sessions = sessions;
        this.writer = writer;
    }

    /**
     * Adds a group's members.
     *
     * @param members their IDs; empty ones are left out
     * @param place for a member's place in the list the position in the source, which never gets smaller
     * @param isOne whether they are one membership of the source, so that their numbers among the others are worth telling
     */
    void add(String group, List<String> members, IntUnaryOperator place, boolean isOne) throws IOException {
        int next = 0;
        while (next < members.size()) {
            int end = fitting(group, members, next, sessions.room(operation));
            if (end < 0) {
                end = fitting(group, members, next, operation.mostItemBytes());
            }
            int written = writer.membership(group, members.subList(next, end));
            if (written > 0) {
                boolean isCut = isOne && end - next < members.size();
                sessions.addMembership(
                        operation,
                        place.applyAsInt(next),
                        new SessionPlan.Members(next, end - 1, written, isCut, place.applyAsInt(end - 1)));
            } else {
                writer.takeBack();
            }
            next = end;
        }
    }

    /** The end of the members that fit in this many bytes, from {@code start} on; negative if not even one fits. */
    private static int fitting(String group, List<String> members, int start, int room) {
        // The first member has no comma.
        int bytes = ITEM_BYTES + length(group) - 1;
        int end = start;
        while (end < members.size()) {
            String member = members.get(end);
            bytes += member.isEmpty() ? 0 : length(member) + MEMBER_BYTES;
            if (bytes > room) {
                return end == start ? -1 : end;
            }
            end++;
        }
        return end;
    }

    private static int length(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return JsonStringEncoder.getInstance().quoteAsUTF8(id).length;
            }
        }
        return id.length();
    }
}
