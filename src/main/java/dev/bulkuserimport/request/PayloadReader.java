package dev.bulkuserimport.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.plan.ApplicationSchema;
import dev.bulkuserimport.plan.SessionPlanner;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads an import payload in one pass, users straight into a session plan. Only when a field that decides how users are read comes
 * after them are they read a second time.
 */
public final class PayloadReader {

    private final ImportDefaults defaults;
    private final boolean skipInvalid;
    private final Function<String, ApplicationSchema> schemas;

    /**
     * @param defaults what applies where the payload says nothing
     * @param skipInvalid whether invalid records are left out instead of refusing all
     * @param schemas looks up an application's schema, when the payload asks for that check
     */
    public PayloadReader(ImportDefaults defaults, boolean skipInvalid, Function<String, ApplicationSchema> schemas) {
        this.defaults = defaults;
        this.skipInvalid = skipInvalid;
        this.schemas = schemas;
    }

    /** Reads and checks everything; ends with a problem when the payload is malformed or incomplete. */
    public ImportRequest read(PayloadSource source) throws IOException {
        OptionsReader options = new OptionsReader(defaults);
        SessionPlanner planner;
        try (JsonParser json = source.open(JsonInput.FACTORY)) {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_ARRAY && defaults.bareArray()) {
                options.refuseIfIncomplete();
                planner = planner(options);
                readUsers(json, planner);
            } else if (first == JsonToken.START_OBJECT) {
                planner = readObject(json, options);
            } else {
                throw JsonInput.malformed(
                        first == null ? "The payload is empty" : "The payload must be a JSON object",
                        json.currentTokenLocation());
            }
            if (json.nextToken() != null) {
                throw JsonInput.malformed("Something follows the payload", json.currentTokenLocation());
            }
        } catch (JsonProcessingException e) {
            throw JsonInput.malformed(e);
        }
        ImportOptions checked = options.options();
        if (planner == null) {
            planner = readUsersAgain(source, options);
        }
        return new ImportRequest(checked, planner.finish(checked.usersPerPage()), planner.records());
    }

    /** Reads the payload's object; null when the users have to be read again, knowing the fields that follow them. */
    private SessionPlanner readObject(JsonParser json, OptionsReader options) throws IOException {
        Set<String> seen = new HashSet<>();
        SessionPlanner planner = null;
        boolean again = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            boolean twice = !seen.add(field);
            JsonToken value = json.nextToken();
            if (field.equals("users")) {
                refuseTwice(twice, field, json);
                if (value == JsonToken.VALUE_NULL) {
                    continue;
                }
                if (value != JsonToken.START_ARRAY) {
                    throw JsonInput.malformed("users must be an array", json.currentTokenLocation());
                }
                again = options.operation() == null
                        || seen.contains("validateProperties") && options.applicationId() == null;
                if (again) {
                    json.skipChildren();
                } else {
                    planner = planner(options);
                    readUsers(json, planner);
                }
            } else if (options.read(field, json)) {
                refuseTwice(twice, field, json);
                again |= seen.contains("users")
                        && (options.validateProperties() || operationChanged(field, planner, options));
            } else {
                json.skipChildren();
            }
        }
        if (again) {
            return null;
        }
        return planner != null || options.operation() == null ? planner : planner(options);
    }

    /** A payload's own operation overrides the default that its users were read with. */
    private static boolean operationChanged(String field, SessionPlanner planner, OptionsReader options) {
        return field.equals("importOperation")
                && planner != null
                && planner.takesProfiles() != (options.operation() == ImportOperation.CREATE_AND_UPDATE);
    }

    private SessionPlanner readUsersAgain(PayloadSource source, OptionsReader options) throws IOException {
        SessionPlanner planner = planner(options);
        try (JsonParser json = source.open(JsonInput.FACTORY)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean users = json.currentName().equals("users");
                if (json.nextToken() == JsonToken.START_ARRAY && users) {
                    readUsers(json, planner);
                    return planner;
                }
                json.skipChildren();
            }
        } catch (JsonProcessingException e) {
            throw JsonInput.malformed(e);
        }
        return planner;
    }

    private SessionPlanner planner(OptionsReader options) {
        ApplicationSchema schema =
                options.validateProperties() && options.operation() == ImportOperation.CREATE_AND_UPDATE
                        ? schemas.apply(options.applicationId())
                        : null;
        return new SessionPlanner(options.operation(), skipInvalid, schema);
    }

    private static void readUsers(JsonParser json, SessionPlanner planner) throws IOException {
        UserReader user = new UserReader(json, planner);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            user.read(0);
        }
    }

    private static void refuseTwice(boolean twice, String field, JsonParser json) {
        if (twice) {
            throw JsonInput.malformed(field + " stands twice in the payload", json.currentTokenLocation());
        }
    }
}
