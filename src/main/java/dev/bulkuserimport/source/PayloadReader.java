package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.plan.SchemaUse;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An import payload, read in one pass: the fields up to its users, then the users, then the remaining fields. Users are read again after all
 * other fields if one that decides how they are read comes after them, or if a file removes groups or memberships, which have to be read
 * before them: the start of a payload has no more than the first pass. Groups and memberships are read in a pass of their own.
 */
public final class PayloadReader implements RecordSource {

    /** The field with the users, unless a mapping names another. */
    static final String USERS = "users";

    private static final String MORE =
            "There is text after the payload; a file with one user per line must have the extension .ndjson";

    /** How many top-level arrays are remembered, because a later mapping may name one. */
    private static final int MOST_ARRAYS = 1_000;

    private final Payload payload;
    private final ImportDefaults defaults;
    private final OptionsReader options;
    private final Set<String> seen = new HashSet<>();
    private final UnknownFields unknown = new UnknownFields();
    private boolean hasUsers;
    private boolean hasGroups;
    /** Whether the users may be in a top-level object, at the end of a path. */
    private boolean nested;

    private final Set<String> arrays = new HashSet<>();
    private final MorePages more = new MorePages();
    private List<String> ignored = List.of();
    private Optional<JsonParser> open = Optional.empty();
    private Position position = Position.BEGIN;

    private enum Position {
        BEGIN,
        /** At the bracket that opens the users. */
        USERS,
        /** The same, in a payload that is only an array of users. */
        BARE_USERS,
        /** Everything except the users has been read; they wait for a second pass. */
        USERS_SKIPPED,
        /** There are no users. */
        END
    }

    /**
     * @param payload access to the payload
     * @param defaults defaults for options that the payload doesn't set
     */
    public PayloadReader(Payload payload, ImportDefaults defaults) {
        this.payload = payload;
        this.defaults = defaults;
        this.options = new OptionsReader(defaults);
    }

    /** The field with the users, or the path to it, which the payload's own mapping may name too. */
    static String usersField(Payload payload, ImportDefaults defaults) throws IOException {
        try (PayloadReader reader = new PayloadReader(payload, defaults)) {
            reader.preface();
            if (reader.position == Position.USERS) {
                reader.readFields(reader.open.orElseThrow().skipChildren());
            }
            return reader.usersField();
        }
    }

    @Override
    public Preface preface() throws IOException {
        try {
            JsonParser json = payload.open(JsonInput.FACTORY);
            open = Optional.of(json);
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_ARRAY && defaults.isFile()) {
                options.refuseIfIncomplete();
                position = Position.BARE_USERS;
            } else if (first == JsonToken.START_OBJECT) {
                readFields(json);
            } else {
                throw Malformed.json(
                        first == null
                                ? "The payload is empty"
                                : "The payload must be a JSON object"
                                        + (defaults.isFile() ? " or an array of users" : ""),
                        json.currentTokenLocation());
            }
        } catch (JsonProcessingException e) {
            throw open.map(json -> Malformed.json(e, json)).orElseGet(() -> Malformed.json(e));
        }
        return known();
    }

    @Override
    public Reading read(RecordSink records, SchemaKnowledge schema) throws IOException {
        boolean groupsFirst = position != Position.USERS && removesGroupsFirst();
        if (groupsFirst) {
            GroupObjects.readAll(payload, usersField(), records);
        }
        try (JsonParser json = open.orElseThrow()) {
            Optional<Preface> other = readOpen(json, records, schema);
            if (other.isPresent()) {
                open = Optional.of(payload.open(JsonInput.FACTORY));
                return new Reading.Again(other.get());
            }
        }
        if (hasGroups && !groupsFirst) {
            GroupObjects.refuseIn(known().operation());
            GroupObjects.readAll(payload, usersField(), records);
        }
        if (known().operation() == ImportOperation.SNAPSHOT) {
            more.refuseBeside(usersField());
        }
        if (defaults.isFile() && !hasUsers) {
            throw NoUsers.in("has no users or an empty list of them");
        }
        return new Reading.Whole(options.options(), FileNotes.ofObjects(schema, ignored));
    }

    /** What is known now, if the users have to be read again with it. */
    private Optional<Preface> readOpen(JsonParser json, RecordSink records, SchemaKnowledge schema) throws IOException {
        try {
            switch (position) {
                case USERS -> {
                    if (!records.mayBeReadAgain() && !hasGroups) {
                        payload.usersBegin();
                    }
                    Preface before = known();
                    Optional<Mapping> mappingBefore = options.mapping();
                    readUsers(json, records, schema);
                    readFields(json);
                    boolean otherReading = !known().equals(before) && decides(before);
                    if (!options.mapping().equals(mappingBefore) || otherReading || removesGroupsFirst()) {
                        position = Position.USERS_SKIPPED;
                        return Optional.of(known());
                    }
                }
                case BARE_USERS -> {
                    readUsers(json, records, schema);
                    Malformed.refuseMore(json, MORE);
                }
                case USERS_SKIPPED -> readUsersAgain(records, schema);
                default -> refuseOtherNames();
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw Malformed.json(e, json);
        }
    }

    @Override
    public Preface again() throws IOException {
        JsonParser json = payload.open(JsonInput.FACTORY);
        open = Optional.of(json);
        if (position == Position.BARE_USERS) {
            json.nextToken();
        } else {
            position = Position.USERS_SKIPPED;
        }
        return known();
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
        }
    }

    /** Whether memberships and groups have to be read before the users, because a file may need several sessions. */
    private boolean removesGroupsFirst() {
        return hasGroups && defaults.isFile() && known().operation() == ImportOperation.DEACTIVATE_AND_DELETE;
    }

    /** Whether the users would now be read differently than with what was known {@code before} them. */
    private boolean decides(Preface before) {
        boolean otherSchema = schemaUse() != SchemaUse.NONE
                && !(before.schemaUse() == schemaUse() && before.applicationId().equals(options.applicationId()));
        // A file for a session of the caller's isn't compared with the state.
        boolean otherState = defaults.isFile() && !before.sessionId().equals(options.sessionId());
        return otherSchema
                || otherState
                || before.usersPerPage() != options.usersPerPage()
                || !Optional.of(before.operation()).equals(options.operation());
    }

    private Preface known() {
        return new Preface(
                options.operation().orElseGet(() -> {
                    options.refuseIfIncomplete();
                    throw new IllegalStateException("an incomplete payload was not refused");
                }),
                options.applicationId(),
                options.sessionId(),
                schemaUse(),
                options.usersPerPage(),
                options.dryRun());
    }

    private SchemaUse schemaUse() {
        if (defaults.isFile()) {
            return SchemaUse.FILE;
        }
        return options.validateProperties() ? SchemaUse.RECORDS : SchemaUse.NONE;
    }

    /** Reads fields up to the users if they can be read then, otherwise to the payload's end. */
    private void readFields(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            boolean twice = !seen.add(field);
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_ARRAY && arrays.size() < MOST_ARRAYS) {
                arrays.add(field);
            }
            if (field.equals(usersField())) {
                Malformed.refuseTwice(twice, field, json);
                if (value == JsonToken.START_ARRAY) {
                    boolean bound = schemaUse() == SchemaUse.NONE
                            || options.applicationId().isPresent();
                    if (bound && options.operation().isPresent()) {
                        position = Position.USERS;
                        return;
                    }
                    position = Position.USERS_SKIPPED;
                    json.skipChildren();
                } else if (value != JsonToken.VALUE_NULL) {
                    throw Malformed.json(ColumnNames.shown(field) + " must be an array", json.currentTokenLocation());
                }
            } else if (GroupObjects.isName(field)) {
                Malformed.refuseTwice(twice, field, json);
                hasGroups |= GroupObjects.pass(field, json);
            } else if (options.read(field, json)) {
                Malformed.refuseTwice(twice, field, json);
            } else {
                unknown.add(field, value);
                nested |= value == JsonToken.START_OBJECT;
                more.meet(field, json);
            }
        }
        if (position == Position.BEGIN || position == Position.USERS_SKIPPED) {
            boolean elsewhere = nested && seen.stream().anyMatch(new UsersPath(usersField())::beginsWith);
            position = elsewhere || arrays.contains(usersField()) ? Position.USERS_SKIPPED : Position.END;
        }
        Malformed.refuseMore(json, MORE);
    }

    private String usersField() {
        return options.mapping().flatMap(mapping -> mapping.file().list()).orElse(USERS);
    }

    private void refuseOtherNames() {
        if (!seen.contains(usersField())) {
            options.refuseIfIncomplete();
            unknown.refuseInsteadOf(usersField());
        }
    }

    private void readUsersAgain(RecordSink records, SchemaKnowledge schema) throws IOException {
        try (JsonParser json = payload.open(JsonInput.FACTORY)) {
            if (new UsersPath(usersField()).find(json)) {
                readUsers(json, records, schema);
                return;
            }
        }
        refuseOtherNames();
    }

    private void readUsers(JsonParser json, RecordSink records, SchemaKnowledge schema) throws IOException {
        RecordObjects user = RecordObjects.of(json, records, schema, options.mapping(), defaults.isFile());
        while (json.nextToken() != JsonToken.END_ARRAY) {
            hasUsers = true;
            user.read(0);
        }
        ignored = user.end();
    }
}
