package dev.bulkuserimport.upload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.FirstOccurrences;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.rules.BulkOperation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks for an import's users among the application's users in Okta. First all sessions are added, then all of Okta's users are matched
 * with them, and finally the sessions are read again for the IDs that were not found, so that a million users take only hashes and one
 * session's bytes.
 *
 * <p>A person is found by the external ID, or by the login, ignoring case, if Okta shows no external ID: it is set only when the user is
 * confirmed.
 */
public final class UserSearch {

    private final BulkOperation operation;
    private final FirstOccurrences externalIds = new FirstOccurrences();
    private final FirstOccurrences logins = new FirstOccurrences();
    private final BitSet seen = new BitSet();
    private final Map<String, Integer> byStatus = new TreeMap<>();
    private int users;

    /** @param operation which of the import's users to look for: those who are created and updated, or those who are deactivated */
    public UserSearch(BulkOperation operation) {
        this.operation = operation;
    }

    /** Adds a session's users. */
    public void add(SessionPlan plan) throws IOException {
        each(plan, (externalId, login) -> {
            if (externalIds.putIfAbsent(externalId, users) < 0) {
                login.ifPresent(name -> logins.putIfAbsent(name.toLowerCase(Locale.ROOT), users));
                users++;
            }
            return true;
        });
    }

    /**
     * Adds a user that Okta shows.
     *
     * @param externalId empty if Okta shows none
     * @param login the userName; empty if Okta shows none
     * @param status Okta's status
     */
    public void shown(Optional<String> externalId, Optional<String> login, String status) {
        int user = externalId
                .map(externalIds::find)
                .or(() -> login.map(name -> logins.find(name.toLowerCase(Locale.ROOT))))
                .orElse(-1);
        if (user >= 0 && !seen.get(user)) {
            seen.set(user);
            byStatus.merge(status, 1, Integer::sum);
        }
    }

    /** How many users were found, by Okta's status. */
    public Map<String, Integer> byStatus() {
        return new TreeMap<>(byStatus);
    }

    /** How many users were not found. */
    public int notShown() {
        return users - seen.cardinality();
    }

    /** Whether there are no users to look for. */
    public boolean isEmpty() {
        return users == 0;
    }

    /** Whether everyone was found, so that reading can stop. */
    public boolean isDone() {
        return notShown() == 0;
    }

    /** The external IDs of a session's users who were not found, up to a maximum. */
    public List<String> notShown(SessionPlan plan, int most) throws IOException {
        List<String> missing = new ArrayList<>();
        each(plan, (externalId, login) -> {
            if (missing.size() < most && !seen.get(externalIds.find(externalId))) {
                missing.add(externalId);
            }
            return missing.size() < most;
        });
        return missing;
    }

    @FunctionalInterface
    private interface Visitor {

        /** Receives a user; returns whether it wants more. */
        boolean visit(String externalId, Optional<String> login);
    }

    private void each(SessionPlan plan, Visitor visitor) throws IOException {
        for (BulkRequest request : plan.requests()) {
            if (request.operation() != operation) {
                continue;
            }
            try (JsonParser json = plan.openRecords(request)) {
                if (!each(json, visitor)) {
                    return;
                }
            }
        }
    }

    /** Reads a bulk request's users; false if the visitor wants no more. */
    private static boolean each(JsonParser json, Visitor visitor) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            if (!one(json, visitor)) {
                return false;
            }
        }
        return true;
    }

    private static boolean one(JsonParser json, Visitor visitor) throws IOException {
        String externalId = "";
        Optional<String> login = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("externalId")) {
                externalId = json.getText();
            } else if (name.equals("profile") && json.currentToken() == JsonToken.START_OBJECT) {
                login = login(json);
            } else {
                json.skipChildren();
            }
        }
        return visitor.visit(externalId, login);
    }

    private static Optional<String> login(JsonParser json) throws IOException {
        Optional<String> login = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = json.currentName().equals("userName");
            if (json.nextToken() == JsonToken.VALUE_STRING && found) {
                login = Optional.of(json.getText());
            }
            json.skipChildren();
        }
        return login;
    }
}
