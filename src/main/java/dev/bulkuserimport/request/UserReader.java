package dev.bulkuserimport.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.plan.SessionPlanner;
import java.io.IOException;

/** Feeds one JSON user to the planner, token by token; its values never become objects. */
final class UserReader {

    private final JsonParser json;
    private final SessionPlanner planner;

    UserReader(JsonParser json, SessionPlanner planner) {
        this.json = json;
        this.planner = planner;
    }

    /** Reads the user whose first token the parser stands on. */
    void read(long line) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw JsonInput.malformed("A user must be an object", json.currentTokenLocation());
        }
        if (planner.onlyCounts()) {
            planner.count();
            json.skipChildren();
            return;
        }
        planner.begin(line);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "externalId" -> readExternalId(value);
                case "profile" -> readProfile(value);
                default -> json.skipChildren();
            }
        }
        planner.end();
    }

    private void readExternalId(JsonToken value) throws IOException {
        switch (value) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> planner.externalId(json.getText());
            case VALUE_NULL -> planner.externalId(null);
            default -> {
                planner.externalId(null);
                json.skipChildren();
            }
        }
    }

    private void readProfile(JsonToken value) throws IOException {
        if (!planner.takesProfiles() || value == JsonToken.VALUE_NULL) {
            json.skipChildren();
            return;
        }
        if (value != JsonToken.START_OBJECT) {
            planner.noProfile();
            json.skipChildren();
            return;
        }
        planner.beginProfile();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            switch (json.nextToken()) {
                case VALUE_NULL -> planner.nullProperty(name);
                case START_ARRAY -> composite(name, "array");
                case START_OBJECT -> composite(name, "object");
                default -> planner.property(name, json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
            }
        }
        planner.endProfile();
    }

    private void composite(String name, String kind) throws IOException {
        planner.compositeProperty(name, kind);
        json.skipChildren();
    }
}
