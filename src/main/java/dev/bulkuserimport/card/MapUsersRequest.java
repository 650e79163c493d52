package dev.bulkuserimport.card;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.OktaId;
import dev.bulkuserimport.source.Malformed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a request to map users, checked.
 *
 * @param applicationId the application whose properties are used
 * @param operation the operation that the users will be imported with
 * @param mapping how they are mapped; empty if by the properties' own names
 * @param externalIdKey the key that holds the external ID where there is no mapping
 */
record MapUsersRequest(
        String applicationId, ImportOperation operation, Optional<Mapping> mapping, Optional<String> externalIdKey) {

    static final String USERS = "users";

    private static final String APPLICATION_ID = "applicationId";
    private static final String EXTERNAL_ID_KEY = "externalIdKey";
    private static final String MAPPING = "mapping";

    /** The most characters of a key. */
    private static final int LONGEST_KEY = 1_000;

    /**
     * Reads the request; the parser is positioned before it.
     *
     * @param fromPath the application named by the route
     */
    static MapUsersRequest read(JsonParser json, Optional<String> fromPath) throws IOException {
        Fields fields = new Fields(fromPath);
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw Malformed.json("The request must be a JSON object", json.currentTokenLocation());
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            fields.read(field, json);
        }
        Malformed.refuseMore(json);
        return fields.request();
    }

    /** Collects the fields as they are read. */
    private static final class Fields {
        private final List<FieldError> errors = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private Optional<String> applicationId;
        private Optional<ImportOperation> operation = Optional.empty();
        private Optional<String> externalIdKey = Optional.empty();
        private Optional<Mapping> mapping = Optional.empty();

        Fields(Optional<String> fromPath) {
            applicationId = fromPath;
        }

        void read(String field, JsonParser json) throws IOException {
            if (!seen.add(field)) {
                error(field, "appears twice");
            }
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            switch (field) {
                case APPLICATION_ID -> {
                    Optional<String> named = text(field, json);
                    if (applicationId.isEmpty()) {
                        applicationId = named;
                    }
                }
                case "importOperation" -> {
                    operation = text(field, json).flatMap(ImportOperation::parse);
                    if (operation.isEmpty() || operation.get() == ImportOperation.SNAPSHOT) {
                        error(field, "must be CREATE_AND_UPDATE or DEACTIVATE_AND_DELETE");
                    }
                }
                case EXTERNAL_ID_KEY -> {
                    externalIdKey = text(field, json);
                    if (externalIdKey
                            .filter(key -> key.isBlank() || key.length() > LONGEST_KEY)
                            .isPresent()) {
                        error(field, "must name the key that contains the external ID");
                    }
                }
                case MAPPING -> mapping = Optional.of(Mapping.read(json));
                case USERS -> {
                    if (json.currentToken() != JsonToken.START_ARRAY) {
                        error(field, "must be an array of objects");
                    }
                }
                default -> {
                    // Unknown fields are ignored, as in an import.
                }
            }
            json.skipChildren();
        }

        MapUsersRequest request() {
            if (applicationId.isEmpty()) {
                error(APPLICATION_ID, "is missing");
            } else if (!OktaId.isValid(applicationId.get())) {
                error(APPLICATION_ID, "is not an Okta ID (letters and digits, 100 at most)");
            }
            if (operation.isEmpty()) {
                error("importOperation", "is missing: specify CREATE_AND_UPDATE or DEACTIVATE_AND_DELETE");
            }
            if (!seen.contains(USERS)) {
                error(USERS, "is missing: provide an array of objects as they come from the HR system");
            }
            if (externalIdKey.isPresent() == mapping.isPresent()) {
                error(
                        EXTERNAL_ID_KEY,
                        mapping.isPresent()
                                ? "and mapping are mutually exclusive: a mapping defines the external ID itself"
                                : "is missing: name the key that contains the external ID, or provide a mapping");
            }
            if (!errors.isEmpty()) {
                throw Problem.invalidRequest(errors).exception();
            }
            return new MapUsersRequest(applicationId.orElseThrow(), operation.orElseThrow(), mapping, externalIdKey);
        }

        private Optional<String> text(String field, JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                return Optional.of(json.getText());
            }
            error(field, "must be text");
            return Optional.empty();
        }

        private void error(String field, String message) {
            if (errors.stream().noneMatch(error -> error.field().equals(field))) {
                errors.add(new FieldError(field, message));
            }
        }
    }
}
