package dev.bulkuserimport.card;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.mapping.MappedObjects;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.okta.ApplicationSchemas;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.source.Malformed;
import dev.bulkuserimport.source.Payload;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The card Map Profile Source Attributes: turns raw objects of an HR system into users for an import. The import's own planner makes them,
 * so they are checked by its rules.
 */
@Singleton
public class UserMapping {

    /** Lambda's answers have at most 6 MB (6,291,556 bytes), including an HTTP answer's headers. */
    private static final int MOST_BYTES = 6_000_000;

    private static final JsonFactory JSON = new JsonFactory();

    private final ApplicationSchemas schemas;

    UserMapping(ApplicationSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * Maps a request's users.
     *
     * @param body {@code importOperation}, {@code externalIdKey} or {@code mapping}, and {@code users}, in any order
     * @param applicationId the application named by the route; otherwise it is in the body
     * @return the answer's JSON: {@code users}, and {@code ignoredKeys} if there are any; {@code deactivate} and {@code skipped} if the
     *     mapping excludes users
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request}, or {@code invalid-users} with each user's index
     */
    public byte[] run(Payload body, Optional<String> applicationId, Deadline deadline) {
        try {
            MapUsersRequest request;
            try (JsonParser json = body.open(JsonInput.FACTORY)) {
                request = MapUsersRequest.read(json, applicationId);
            }
            return map(body, request, deadline);
        } catch (JsonProcessingException e) {
            throw Malformed.json(e);
        } catch (IOException e) {
            // The body is in memory: reading can only fail if it isn't text.
            throw Malformed.whole("The body is not JSON in UTF-8");
        }
    }

    private byte[] map(Payload body, MapUsersRequest request, Deadline deadline) throws IOException {
        PlanRules rules = PlanRules.oneSession(request.operation(), false).withManySessions();
        Optional<ApplicationSchema> schema = Optional.empty();
        if (request.mapping().isEmpty() && request.operation().takesProfiles()) {
            schema = Optional.of(schemas.get(request.applicationId(), deadline));
            rules = rules.withSchema(schema, false);
        }
        List<String> names = schema.map(ApplicationSchema::names).orElse(List.of());
        Mapping mapping = request.mapping()
                .orElseGet(() -> Mapping.byName(request.externalIdKey().orElseThrow(), names));
        Answer answer = new Answer();
        SessionPlanner planner = new SessionPlanner(rules, answer::add);
        MappedObjects objects = new MappedObjects(mapping, planner);
        readUsers(body, objects);
        PlanOutcome outcome = planner.finish();
        if (outcome instanceof PlanOutcome.Refused refused) {
            throw refused.problem().exception();
        }
        return answer.json(objects.ignoredColumns(), outcome.summary().skipped(), request.operation());
    }

    private static void readUsers(Payload body, MappedObjects objects) throws IOException {
        try (JsonParser json = body.open(JsonInput.FACTORY)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean users = json.currentName().equals(MapUsersRequest.USERS);
                if (json.nextToken() == JsonToken.START_ARRAY && users) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        objects.read(json, 0);
                    }
                }
                json.skipChildren();
            }
        }
    }

    /** The users as the planner wrote them, grouped by what is done with them. */
    private static final class Answer {
        private final ByteArrayOutputStream users = new ByteArrayOutputStream();
        private final ByteArrayOutputStream deactivated = new ByteArrayOutputStream();

        void add(SessionPlan plan) throws IOException {
            for (BulkRequest request : plan.requests()) {
                if (request.operation().kind() != BulkOperation.Kind.USERS) {
                    // A mapping's groups are made by the import; the answer has users alone.
                    continue;
                }
                ByteArrayOutputStream target = request.operation() == BulkOperation.UPSERT_USERS ? users : deactivated;
                if (target.size() > 0) {
                    target.write(',');
                }
                plan.recordsStream(request).transferTo(target);
                // Too much is refused before all of it is kept: the answer is at least as long.
                refuseOver(users.size() + deactivated.size());
            }
        }

        byte[] json(List<String> ignoredKeys, int skipped, ImportOperation operation) throws IOException {
            boolean onlyIds = !operation.takesProfiles();
            ByteArrayOutputStream out = new ByteArrayOutputStream(users.size() + deactivated.size() + 256);
            try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
                json.writeStartObject();
                write(json, MapUsersRequest.USERS, onlyIds ? deactivated : users);
                if (!onlyIds && deactivated.size() > 0) {
                    write(json, "deactivate", deactivated);
                }
                if (skipped > 0) {
                    json.writeNumberField("skipped", skipped);
                }
                if (!ignoredKeys.isEmpty()) {
                    json.writeArrayFieldStart("ignoredKeys");
                    for (String key : ignoredKeys) {
                        json.writeString(key);
                    }
                    json.writeEndArray();
                }
                json.writeEndObject();
            }
            byte[] answer = out.toByteArray();
            refuseOver(inHttpAnswer(answer));
            return answer;
        }

        private static void refuseOver(long bytes) {
            if (bytes > MOST_BYTES) {
                throw Problem.invalidRequest(
                                MapUsersRequest.USERS,
                                "have more than " + MOST_BYTES + " bytes in an HTTP answer once they are mapped, where"
                                        + " characters such as quotes and angle brackets take several: map fewer users"
                                        + " at once, or import them with the mapping itself")
                        .exception();
            }
        }

        /**
         * The length of a document in an HTTP answer, which is a JSON string of Lambda's answer: quotes and backslashes are escaped there,
         * and each angle bracket has become an escape before.
         */
        private static long inHttpAnswer(byte[] json) {
            long length = json.length;
            for (byte one : json) {
                length += switch (one) {
                    case '"', '\\' -> 1;
                    case '<', '>' -> 6;
                    default -> 0;
                };
            }
            return length;
        }

        private static void write(JsonGenerator json, String field, ByteArrayOutputStream records) throws IOException {
            json.writeFieldName(field);
            json.writeRawValue("[" + records.toString(StandardCharsets.UTF_8) + "]");
        }
    }
}
