package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.StandardProperty;
import java.io.IOException;
import java.util.List;

/** Feeds a JSON user to a sink, token by token, without creating objects for its values. */
final class UserReader implements RecordObjects {

    /** Precomputed names, which the parser compares faster than it decodes a name. */
    private static final SerializableString EXTERNAL_ID = new SerializedString("externalId");

    private static final SerializableString PROFILE = new SerializedString("profile");

    private final JsonParser json;
    private final RecordSink records;

    UserReader(JsonParser json, RecordSink records) {
        this.json = json;
        this.records = records;
    }

    /** If a file's properties can't be checked against the application's schema, each user must at least have a login. */
    void requireIn(SchemaKnowledge schema) {
        if (schema instanceof SchemaKnowledge.Unreadable && records.takesProfiles()) {
            records.require(StandardProperty.USER_NAME.propertyName());
        }
    }

    /** Reads the user at whose first token the parser is. */
    @Override
    public void read(long line) throws IOException {
        if (records.onlyCounts()) {
            records.count();
            json.skipChildren();
            return;
        }
        records.begin(line);
        if (json.currentToken() != JsonToken.START_OBJECT) {
            records.noObject();
            json.skipChildren();
            records.end();
            return;
        }
        boolean wasNoObject = false;
        boolean isUser = false;
        SerializableString expected = EXTERNAL_ID;
        while (json.nextFieldName(expected) || json.currentToken() == JsonToken.FIELD_NAME) {
            expected = PROFILE;
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "externalId" -> {
                    isUser = true;
                    readExternalId(value);
                }
                case "profile" -> {
                    isUser = true;
                    readProfile(value);
                }
                case ColumnNames.REASON -> wasNoObject = readReason(value);
                default -> json.skipChildren();
            }
        }
        if (wasNoObject && !isUser) {
            records.noObject();
        }
        records.end();
    }

    @Override
    public List<String> end() {
        return List.of();
    }

    /** Reads why the record was rejected; true if it was no object, and is therefore a member of this one. */
    private boolean readReason(JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return false;
        }
        String reason = json.getText();
        records.rejectedBefore(reason);
        return reason.equals(RecordSink.NO_OBJECT);
    }

    private void readExternalId(JsonToken value) throws IOException {
        switch (value) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> records.externalId(json.getText());
            case START_ARRAY -> compositeExternalId("array");
            case START_OBJECT -> compositeExternalId("object");
            default -> records.noExternalId();
        }
    }

    private void compositeExternalId(String kind) throws IOException {
        records.compositeExternalId(kind);
        json.skipChildren();
    }

    private void readProfile(JsonToken value) throws IOException {
        if (!records.takesProfiles() || value == JsonToken.VALUE_NULL) {
            json.skipChildren();
            return;
        }
        if (value != JsonToken.START_OBJECT) {
            records.noProfile();
            json.skipChildren();
            return;
        }
        records.beginProfile();
        boolean expected = json.nextFieldName(records.expectedName());
        while (expected || json.currentToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken property = json.nextToken();
            // As in a table, the reasons are never a property.
            if (!expected && ColumnNames.isReason(name)) {
                json.skipChildren();
            } else {
                readProperty(name, property);
            }
            expected = json.nextFieldName(records.expectedName());
        }
        records.endProfile();
    }

    private void readProperty(String name, JsonToken value) throws IOException {
        switch (value) {
            case VALUE_NULL -> records.nullProperty(name);
            case START_ARRAY -> composite(name, "array");
            case START_OBJECT -> composite(name, "object");
            default -> records.property(name, json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        }
    }

    private void composite(String name, String kind) throws IOException {
        records.compositeProperty(name, kind);
        json.skipChildren();
    }
}
