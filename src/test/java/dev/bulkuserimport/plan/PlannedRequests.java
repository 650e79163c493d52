package dev.bulkuserimport.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Keeps the sessions of a plan, each as it is stored and read back, and their requests with their bodies. */
final class PlannedRequests implements SessionSink {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<SessionPlan> sessions;
    private final List<String> requests;

    PlannedRequests(List<SessionPlan> sessions, List<String> requests) {
        this.sessions = sessions;
        this.requests = requests;
    }

    @Override
    public void session(SessionPlan plan) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        plan.writeTo(stored);
        SessionPlan read = SessionPlan.readFrom(new ByteArrayInputStream(stored.toByteArray()));
        sessions.add(read);
        for (BulkRequest request : read.requests()) {
            requests.add(request.operation() + " " + json(read, request));
        }
    }

    static JsonNode json(SessionPlan plan, BulkRequest request) throws IOException {
        return JSON.readTree(body(plan, request));
    }

    static byte[] body(SessionPlan plan, BulkRequest request) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (ByteBuffer part : plan.body(request)) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            body.write(bytes);
        }
        assertThat(body.size()).isEqualTo(request.bodyBytes()).isLessThanOrEqualTo(200_000);
        return body.toByteArray();
    }
}
