package dev.bulkuserimport.plan;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.OktaLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts records, in their order, into bulk requests and sessions, each as full as Okta's limits allow. */
final class SessionCutter {

    private final int usersPerPage;
    private final List<PlanSummary.Session> sessions = new ArrayList<>();
    private List<BulkRequest> requests = new ArrayList<>();
    private int[] positions = new int[256];
    private int users;
    private int closedUsers;
    private int requestCount;

    private BulkOperation operation = BulkOperation.UPSERT_USERS;
    private int first;
    private int inRequest;
    private int offset;
    private int length;

    SessionCutter(int usersPerPage) {
        this.usersPerPage = usersPerPage;
    }

    /** Whether another record needs a session of its own. */
    boolean isFull(BulkOperation next, int bytes) {
        return needsRequest(next, bytes)
                && requests.size() + (inRequest > 0 ? 1 : 0) == OktaLimits.REQUESTS_PER_SESSION;
    }

    void add(BulkOperation next, int position, int start, int bytes) {
        if (needsRequest(next, bytes)) {
            closeRequest();
            operation = next;
            first = users;
            offset = start;
            length = 0;
            requestCount++;
        }
        length += (inRequest > 0 ? 1 : 0) + bytes;
        inRequest++;
        if (users == positions.length) {
            positions = Arrays.copyOf(positions, Math.min(2 * users, OktaLimits.USERS_PER_SESSION));
        }
        positions[users++] = position;
    }

    /** The session as it is by now. */
    SessionPlan session(ByteChunks bytes) {
        closeRequest();
        return new SessionPlan(sessions.size() + 1, closedUsers, bytes, requests, positions, users);
    }

    /** Another session begins. */
    void next() {
        closeRequest();
        int deactivations = requests.stream()
                .filter(request -> request.operation() == BulkOperation.DELETE_USERS)
                .mapToInt(BulkRequest::users)
                .sum();
        if (users > 0) {
            sessions.add(new PlanSummary.Session(sessions.size() + 1, users, deactivations, requests.size()));
        }
        closedUsers += users;
        users = 0;
        first = 0;
        requests = new ArrayList<>();
        positions = new int[256];
    }

    /** Users that the present session holds. */
    int users() {
        return users;
    }

    /** Bulk requests of all sessions. */
    int requestCount() {
        return requestCount;
    }

    /** The same with more users, who are only counted: as many as fit still go into the last request. */
    int requestCountWith(int more) {
        int room = inRequest == 0 ? 0 : usersPerPage - inRequest;
        return requestCount + (Math.max(0, more - room) + usersPerPage - 1) / usersPerPage;
    }

    List<PlanSummary.Session> sessions() {
        return List.copyOf(sessions);
    }

    private boolean needsRequest(BulkOperation next, int bytes) {
        return inRequest == 0
                || inRequest == usersPerPage
                || next != operation
                || length + 1 + bytes > next.mostItemBytes();
    }

    private void closeRequest() {
        if (inRequest > 0) {
            requests.add(new BulkRequest(operation, first, inRequest, offset, length));
            inRequest = 0;
        }
    }
}
