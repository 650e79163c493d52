package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.plan.FieldFault;
import dev.bulkuserimport.plan.GroupRecord;
import dev.bulkuserimport.plan.MembershipRecord;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a payload's {@code groups} and {@code memberships}. */
final class GroupObjects {

    static final String GROUPS = "groups";
    static final String MEMBERSHIPS = "memberships";

    private static final String EXTERNAL_ID = "externalId";
    private static final String PROFILE = "profile";
    private static final String GROUP = "groupExternalId";
    private static final String MEMBERS = "memberExternalIds";

    private final JsonParser json;
    private final RecordSink records;

    /** What is wrong with the current object. */
    private List<FieldFault> wrong = new ArrayList<>();

    private Set<String> seen = new HashSet<>();

    GroupObjects(JsonParser json, RecordSink records) {
        this.json = json;
        this.records = records;
    }

    static boolean isName(String field) {
        return field.equals(GROUPS) || field.equals(MEMBERSHIPS);
    }

    /** Skips groups, which are read when everything else is known, wherever they are among the fields; false if there are none. */
    static boolean pass(String field, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY && json.currentToken() != JsonToken.VALUE_NULL) {
            throw Malformed.json(field + " must be an array", json.currentTokenLocation());
        }
        boolean isThere = json.currentToken() == JsonToken.START_ARRAY;
        json.skipChildren();
        return isThere;
    }

    /** Nothing says whether the groups that are listed are all of them. */
    static void refuseIn(ImportOperation operation) {
        if (operation == ImportOperation.SNAPSHOT) {
            throw Problem.invalidRequest(
                            "groups",
                            "and memberships can't be listed in a snapshot: let a mapping make them of each person's record")
                    .exception();
        }
    }

    /** Reads all groups and memberships of a payload. */
    static void readAll(Payload payload, String users, RecordSink records) throws IOException {
        try (JsonParser json = payload.open(JsonInput.FACTORY)) {
            readAll(json, users, new GroupObjects(json, records));
        }
    }

    private static void readAll(JsonParser json, String users, GroupObjects groups) throws IOException {
        try {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                if (json.nextToken() == JsonToken.START_ARRAY && isName(field) && !field.equals(users)) {
                    groups.read(field);
                } else {
                    json.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw Malformed.json(e, json);
        }
    }

    /** Reads the array at the parser's position. */
    private void read(String field) throws IOException {
        int index = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            wrong = new ArrayList<>();
            seen = new HashSet<>();
            if (field.equals(GROUPS)) {
                group(index++);
            } else {
                membership(index++);
            }
        }
    }

    private void group(int index) throws IOException {
        Optional<String> externalId = Optional.empty();
        Map<String, Optional<String>> profile = new LinkedHashMap<>();
        if (isObject("a group is an object with an externalId and a profile")) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals(EXTERNAL_ID)) {
                    externalId = id(name, value);
                } else if (name.equals(PROFILE) && records.takesProfiles() && value != JsonToken.VALUE_NULL) {
                    profile(value, profile);
                } else {
                    json.skipChildren();
                }
            }
        }
        records.group(new GroupRecord(index, externalId, profile, wrong));
    }

    private void profile(JsonToken value, Map<String, Optional<String>> profile) throws IOException {
        refuseTwice(PROFILE);
        if (value != JsonToken.START_OBJECT) {
            wrong.add(FieldFault.of(PROFILE, "must be an object of property names and values"));
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken property = json.nextToken();
            if (property.isStructStart()) {
                wrong.add(FieldFault.of(
                        ColumnNames.shown(name),
                        "is an " + (property == JsonToken.START_ARRAY ? "array" : "object")
                                + "; Okta accepts only text"));
                json.skipChildren();
            } else if (profile.put(
                            name, property == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(json.getText()))
                    != null) {
                wrong.add(FieldFault.of(ColumnNames.shown(name), "occurs twice in the profile"));
            }
        }
    }

    private void membership(int index) throws IOException {
        Optional<String> group = Optional.empty();
        List<String> members = new ArrayList<>();
        if (isObject("a membership is an object with a groupExternalId and memberExternalIds")) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case GROUP -> group = id(name, value);
                    case MEMBERS -> members(value, members);
                    default -> json.skipChildren();
                }
            }
        }
        records.membership(new MembershipRecord(index, group, members, wrong));
    }

    private void members(JsonToken value, List<String> members) throws IOException {
        refuseTwice(MEMBERS);
        if (value != JsonToken.START_ARRAY) {
            wrong.add(FieldFault.of(MEMBERS, "must be an array of external IDs"));
            json.skipChildren();
            return;
        }
        boolean texts = true;
        for (JsonToken member = json.nextToken(); member != JsonToken.END_ARRAY; member = json.nextToken()) {
            if (isId(member)) {
                members.add(json.getText());
            } else {
                texts = false;
                json.skipChildren();
            }
        }
        if (!texts) {
            wrong.add(FieldFault.of(MEMBERS, "has a member that is not an external ID"));
        }
    }

    private Optional<String> id(String field, JsonToken value) throws IOException {
        refuseTwice(field);
        if (isId(value)) {
            return Optional.of(json.getText());
        }
        json.skipChildren();
        return Optional.empty();
    }

    /** Numbers become text, digit for digit, as for users. */
    private static boolean isId(JsonToken value) {
        return value == JsonToken.VALUE_STRING
                || value == JsonToken.VALUE_NUMBER_INT
                || value == JsonToken.VALUE_NUMBER_FLOAT;
    }

    private void refuseTwice(String field) {
        if (!seen.add(field)) {
            wrong.add(FieldFault.of(field, "occurs twice in the record"));
        }
    }

    private boolean isObject(String what) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return true;
        }
        wrong.add(new FieldFault(Optional.empty(), Fault.of("is not an object; " + what)));
        json.skipChildren();
        return false;
    }
}
