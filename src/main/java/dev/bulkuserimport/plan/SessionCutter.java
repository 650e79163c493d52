package dev.bulkuserimport.plan;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.OktaLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Splits records, in order, into bulk requests and sessions, each as full as Okta's limits allow. */
final class SessionCutter {

    private final int usersPerPage;
    private final List<BulkOperation> order;
    private List<BulkRequest> requests = new ArrayList<>();
    private int[] positions = new int[256];
    private int items;
    private Map<Integer, SessionPlan.Members> members = new HashMap<>();
    private int sessionsBefore;
    private int requestCount;

    private BulkOperation operation = BulkOperation.UPSERT_USERS;
    private int first;
    private int inRequest;
    private int offset;
    private int length;

    /**
     * @param usersPerPage the users in one bulk request, 1 to 200
     * @param order the order in which a session's requests are sent
     */
    SessionCutter(int usersPerPage, List<BulkOperation> order) {
        this.usersPerPage = usersPerPage;
        this.order = order;
    }

    /** The size in bytes of another item that fits in the current request, or in a new one. */
    int room(BulkOperation next) {
        return needsRequest(next, 0) ? next.mostItemBytes() : next.mostItemBytes() - length - 1;
    }

    /** Whether another record needs a new session. */
    boolean isFull(BulkOperation next, int bytes) {
        return needsRequest(next, bytes)
                && requests.size() + (inRequest > 0 ? 1 : 0) == OktaLimits.REQUESTS_PER_SESSION;
    }

    void add(BulkOperation next, int position, int start, int bytes) {
        if (needsRequest(next, bytes)) {
            closeRequest();
            operation = next;
            first = items;
            offset = start;
            length = 0;
            requestCount++;
        }
        length += (inRequest > 0 ? 1 : 0) + bytes;
        inRequest++;
        if (items == positions.length) {
            positions = Arrays.copyOf(positions, Math.min(2 * items, OktaLimits.USERS_PER_SESSION));
        }
        positions[items++] = position;
    }

    /** Records the members of the last added item. */
    void members(SessionPlan.Members ofLast) {
        members.put(items - 1, ofLast);
    }

    /** The current session. */
    SessionPlan session(ByteChunks bytes) {
        closeRequest();
        requests.sort(Comparator.comparingInt(request -> order.indexOf(request.operation())));
        return new SessionPlan(sessionsBefore + 1, bytes, requests, positions, items, members);
    }

    /** Starts a new session. */
    void next() {
        closeRequest();
        sessionsBefore += items > 0 ? 1 : 0;
        items = 0;
        members = new HashMap<>();
        first = 0;
        requests = new ArrayList<>();
        positions = new int[256];
    }

    /** The number of items in the current session. */
    int items() {
        return items;
    }

    /** The number of sessions, including the current one. */
    int sessionCount() {
        return sessionsBefore + (items > 0 ? 1 : 0);
    }

    /** The number of bulk requests of all sessions. */
    int requestCount() {
        return requestCount;
    }

    /** The same including users who are only counted: as many as fit go into the last request. */
    int requestCountWith(int more) {
        int room = inRequest == 0 ? 0 : usersPerPage - inRequest;
        return requestCount + (Math.max(0, more - room) + usersPerPage - 1) / usersPerPage;
    }

    private boolean needsRequest(BulkOperation next, int bytes) {
        return inRequest == 0
                || inRequest == most(next)
                || next != operation
                || length + 1 + bytes > next.mostItemBytes();
    }

    private int most(BulkOperation operation) {
        return operation.kind() == BulkOperation.Kind.USERS ? usersPerPage : operation.mostItems();
    }

    private void closeRequest() {
        if (inRequest > 0) {
            requests.add(new BulkRequest(operation, first, inRequest, offset, length));
            inRequest = 0;
        }
    }
}
