package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import dev.bulkuserimport.rules.OktaId;
import dev.bulkuserimport.rules.UsersPerPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Collects a payload's fields other than {@code users}, in any order, and everything that is wrong with them. */
final class OptionsReader {

    private final ImportDefaults defaults;
    private final List<FieldError> errors = new ArrayList<>();
    private Optional<String> applicationId;
    private Optional<ImportOperation> operation;
    private Optional<String> sessionId;
    private int usersPerPage = UsersPerPage.DEFAULT;
    private boolean dryRun;
    private boolean validateProperties;
    private Limit maxDeactivations = Limit.NONE;
    private Limit maxChanges = Limit.NONE;
    private Optional<Mapping> mapping;

    OptionsReader(ImportDefaults defaults) {
        this.defaults = defaults;
        this.applicationId = defaults.applicationId();
        this.operation = defaults.operation();
        this.sessionId = defaults.sessionId();
        this.mapping = defaults.mapping();
    }

    /** Reads the value of a field; the parser is at the value's first token. False if the field is unknown. */
    boolean read(String field, JsonParser json) throws IOException {
        switch (field) {
            case "applicationId" -> applicationId = id(field, json, applicationId);
            case "sessionId" -> sessionId = id(field, json, sessionId);
            case "importOperation" -> readOperation(json);
            case "usersPerPage" -> readUsersPerPage(json);
            case "dryRun" -> dryRun = flag(field, json);
            case "mapping" -> readMapping(json);
            case "maxDeactivations" -> maxDeactivations = limit(field, json);
            case "maxChanges" -> maxChanges = limit(field, json);
            case "validateProperties" -> validateProperties = flag(field, json);
            default -> {
                return false;
            }
        }
        json.skipChildren();
        return true;
    }

    /** The operation, if it is known yet. */
    Optional<ImportOperation> operation() {
        return operation;
    }

    int usersPerPage() {
        return usersPerPage;
    }

    boolean dryRun() {
        return dryRun;
    }

    boolean validateProperties() {
        return validateProperties;
    }

    /** The mapping that turns raw objects into users, if it is known yet. */
    Optional<Mapping> mapping() {
        return mapping;
    }

    /** The application, if it is known yet. */
    Optional<String> applicationId() {
        return applicationId;
    }

    /** The caller's session, if one has been named so far. */
    Optional<String> sessionId() {
        return sessionId;
    }

    void refuseIfIncomplete() {
        require("applicationId", applicationId, "the application's ID, 0oa…");
        require("importOperation", operation, "CREATE_AND_UPDATE or DEACTIVATE_AND_DELETE");
        if (!defaults.managedSession()) {
            require("sessionId", sessionId, "the ID of an active import session, aps…");
        }
        if (!errors.isEmpty()) {
            throw Problem.invalidRequest(errors).exception();
        }
    }

    ImportOptions options() {
        refuseIfIncomplete();
        return new ImportOptions(
                applicationId.orElseThrow(),
                operation.orElseThrow(),
                sessionId,
                usersPerPage,
                dryRun,
                Guards.ofSource(maxDeactivations, maxChanges));
    }

    private void require(String field, Optional<?> value, String what) {
        if (value.isEmpty() && errors.stream().noneMatch(error -> error.field().equals(field))) {
            error(field, "is missing: specify " + what);
        }
    }

    private Optional<String> id(String field, JsonParser json, Optional<String> fallback) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return fallback;
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            error(field, "must be text");
            return Optional.empty();
        }
        String id = json.getText();
        if (id.isBlank()) {
            error(field, "is blank");
            return Optional.empty();
        }
        if (!OktaId.isValid(id)) {
            error(field, "is not an Okta ID (letters and digits, 100 at most)");
            return Optional.empty();
        }
        return Optional.of(id);
    }

    private void readOperation(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        operation = json.currentToken() == JsonToken.VALUE_STRING
                ? ImportOperation.parse(json.getText())
                        .filter(parsed -> parsed != ImportOperation.SNAPSHOT || defaults.isFile())
                : Optional.empty();
        if (operation.isEmpty()) {
            error(
                    "importOperation",
                    "must be CREATE_AND_UPDATE or DEACTIVATE_AND_DELETE" + (defaults.isFile() ? ", or SNAPSHOT" : ""));
        }
    }

    private void readMapping(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            mapping = Optional.of(Mapping.read(json));
        }
    }

    private void readUsersPerPage(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        OptionalInt pageSize = json.currentToken().isNumeric() ? pageSize(json) : OptionalInt.empty();
        if (pageSize.isEmpty()) {
            error("usersPerPage", "must be a number greater than 0, at most 200");
        } else {
            usersPerPage = pageSize.getAsInt();
        }
    }

    private static OptionalInt pageSize(JsonParser json) throws IOException {
        try {
            return UsersPerPage.of(json.getDecimalValue());
        } catch (ArithmeticException | NumberFormatException e) {
            // An exponent of more than 31 bits isn't a number of users either.
            return OptionalInt.empty();
        }
    }

    /** A number, or text in the format of the settings. */
    private Limit limit(String field, JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return Limit.NONE;
        }
        Optional<Limit> limit = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT
                ? Limit.parse(json.getText())
                : Optional.empty();
        if (limit.isEmpty()) {
            error(field, "must be " + Limit.FORM);
        }
        return limit.orElse(Limit.NONE);
    }

    private boolean flag(String field, JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE && token != JsonToken.VALUE_NULL) {
            error(field, "must be true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private void error(String field, String message) {
        errors.add(new FieldError(field, message));
    }
}
