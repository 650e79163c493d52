package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An import session, with everything that was accepted into it. */
public final class OktaSession {

    private static final Duration LIFE = Duration.ofHours(24);

    private final String id;
    private final String app;
    private final Instant created = Instant.now();
    private final Map<String, JsonNode> users = new LinkedHashMap<>();
    private final Map<String, Boolean> deletions = new LinkedHashMap<>();
    private final List<String> repeated = new ArrayList<>();
    private final List<Integer> requestUsers = new ArrayList<>();
    private final List<Integer> requestBytes = new ArrayList<>();
    private String status = "CREATED";
    private Instant touched = Instant.now();
    private Instant triggered;

    OktaSession(String id, String app) {
        this.id = id;
        this.app = app;
    }

    public String id() {
        return id;
    }

    public String app() {
        return app;
    }

    /** Its state by now: a triggered import takes {@code processing}, an idle session expires in a day. */
    synchronized String status(Duration processing) {
        if (takesUploads() && touched.plus(LIFE).isBefore(Instant.now())) {
            status = "EXPIRED";
        }
        if (status.equals("TRIGGERED") && triggered.plus(processing).isBefore(Instant.now())) {
            status = "COMPLETED";
        }
        return status;
    }

    public synchronized String status() {
        return status;
    }

    public synchronized void status(String forced) {
        status = forced;
        if (forced.equals("TRIGGERED")) {
            triggered = Instant.now();
        }
    }

    boolean takesUploads() {
        return status.equals("CREATED") || status.equals("IN_PROGRESS");
    }

    synchronized void trigger() {
        status = "TRIGGERED";
        triggered = Instant.now();
    }

    /** When it was triggered; null before. */
    synchronized Instant triggered() {
        return triggered;
    }

    synchronized void accept(Map<String, JsonNode> upserts, List<String> deletes, int bytes, boolean anyKnown) {
        upserts.forEach((externalId, profile) -> {
            if (users.put(externalId, profile) != null) {
                repeated.add(externalId);
            }
        });
        for (String externalId : deletes) {
            if (deletions.put(externalId, true) != null) {
                repeated.add(externalId);
            }
        }
        requestUsers.add(upserts.size() + deletes.size());
        requestBytes.add(bytes);
        touched = Instant.now();
        if (anyKnown) {
            status = "IN_PROGRESS";
        }
    }

    /** Cancelling drops all that was uploaded. */
    synchronized void cancel() {
        status = "CLOSED";
        users.clear();
        deletions.clear();
    }

    /** The profiles that were accepted, by external ID. */
    public synchronized Map<String, JsonNode> users() {
        return new LinkedHashMap<>(users);
    }

    /** The external IDs whose deactivation was accepted. */
    public synchronized List<String> deletions() {
        return new ArrayList<>(deletions.keySet());
    }

    /** External IDs that were accepted more than once, which is a race in the real Okta. */
    public synchronized List<String> repeated() {
        return new ArrayList<>(repeated);
    }

    /** Users in each accepted request. */
    public synchronized List<Integer> requestUsers() {
        return new ArrayList<>(requestUsers);
    }

    /** Bytes of each accepted request. */
    public synchronized List<Integer> requestBytes() {
        return new ArrayList<>(requestBytes);
    }

    synchronized ObjectNode json(Duration processing) {
        ObjectNode json = OktaAnswer.JSON.createObjectNode();
        json.put("id", id);
        json.put("identitySourceId", app);
        json.put("status", status(processing));
        json.put("importType", "INCREMENTAL");
        json.put("created", created.toString());
        json.put("lastUpdated", touched.toString());
        return json;
    }
}
