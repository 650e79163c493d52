package dev.bulkuserimport.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.Edges;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.Suggestions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes records from JSON objects, whose members correspond to the columns of a table. A column may also be a path through nested objects
 * ({@code work.department}). A member that is missing or null is an empty cell.
 */
public final class MappedObjects {

    /** The member with what was no object, in a file of rejected records. */
    public static final String RECORD_MEMBER = "record";

    /** How many ignored names are listed. */
    private static final int MOST_IGNORED = 1_000;

    private static final Fault TWICE =
            Fault.of("has a member that the mapping names twice, or both a member and a path with the same name");

    private final Mapping mapping;
    private final RecordSink records;
    private final MappedRecord record;
    private final Node root = new Node();
    /** For each column the number of the last object that contained it, from 1. */
    private final int[] met;

    private final Set<String> ignored = new LinkedHashSet<>();
    private int objects;
    /** How many of them were rejected before. */
    private int rejected;
    /** Whether what is an object now was rejected for not being one. */
    private boolean wasNoObject;

    private boolean wasRejected;

    private List<Fault> faults = List.of();

    /** A node in an object: a column of the mapping, or part of the path to columns. */
    private static final class Node {

        private int column = -1;
        private final Map<String, Node> members = new HashMap<>();

        /**
         * The node for a member with this name, which may itself contain dots, as the names of SCIM's extensions do; white space in names
         * is compared as in a table's header row.
         */
        Optional<Node> member(String name) {
            return named(name).or(() -> name.indexOf('.') < 0 ? Optional.empty() : below(name));
        }

        private Optional<Node> named(String name) {
            Node exact = members.get(name);
            return Optional.ofNullable(exact != null ? exact : members.get(Edges.oneSpaced(name)));
        }

        private Optional<Node> below(String name) {
            Optional<Node> node = Optional.of(this);
            for (String part : name.split("\\.", -1)) {
                node = node.flatMap(above -> above.named(part));
            }
            return node;
        }

        void addPath(List<String> path, int number) {
            Node node = this;
            for (String name : path) {
                node = node.members.computeIfAbsent(name, any -> new Node());
            }
            node.column = number;
        }
    }

    /**
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} when profiles are required and the mapping produces none
     */
    public MappedObjects(Mapping mapping, RecordSink records) {
        mapping.refuseWithoutProfile(records.takesProfiles());
        this.mapping = mapping;
        this.records = records;
        this.record = new MappedRecord(mapping, records);
        this.met = new int[mapping.columns().size()];
        for (int i = 0; i < met.length; i++) {
            List<String> path = List.of(mapping.columns().get(i).split("\\.", -1));
            if (path.stream().noneMatch(String::isBlank)) {
                root.addPath(path, i);
            }
        }
        for (int i = 0; i < met.length; i++) {
            // A member whose name contains the dot takes precedence over an equal path.
            root.addPath(List.of(mapping.columns().get(i)), i);
        }
    }

    /**
     * Makes a record from the object at a parser's position; afterwards the parser is at its end.
     *
     * @param line its line in the file; 0 if records aren't lines
     */
    public void read(JsonParser json, long line) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            noObject(line);
            return;
        }
        objects++;
        record.cells().clear();
        record.rejectedBefore("");
        faults = List.of();
        wasNoObject = false;
        wasRejected = false;
        members(json, root, "");
        if (wasNoObject && Arrays.stream(met).noneMatch(last -> last == objects)) {
            objects--;
            noObject(line);
            return;
        }
        rejected += wasRejected ? 1 : 0;
        record.write(line, faults, List.of(), !faults.isEmpty());
    }

    private void noObject(long line) throws IOException {
        records.begin(line);
        records.noObject();
        records.end();
    }

    private void members(JsonParser json, Node node, String path) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            Optional<Node> member = node.member(name);
            JsonToken value = json.nextToken();
            if (member.isEmpty()) {
                unmapped(json, value, path + name);
                json.skipChildren();
                continue;
            }
            if (member.get().column >= 0) {
                column(json, value, member.get().column);
            }
            if (value == JsonToken.START_OBJECT && !member.get().members.isEmpty()) {
                members(json, member.get(), path + name + ".");
            } else {
                breakPaths(json, value, member.get());
                json.skipChildren();
            }
        }
    }

    /** Ignores a member that the mapping doesn't name, unless it says why the object was rejected before. */
    private void unmapped(JsonParser json, JsonToken value, String path) throws IOException {
        boolean isReason = path.equals(MappedRows.REASON_COLUMN);
        if (isReason && value == JsonToken.VALUE_STRING) {
            String reason = json.getText();
            record.rejectedBefore(reason);
            wasRejected = !reason.isEmpty();
            wasNoObject = reason.equals(RecordSink.NO_OBJECT);
        } else if (!isReason && !(wasNoObject && path.equals(RECORD_MEMBER))) {
            ignore(path);
        }
    }

    private void column(JsonParser json, JsonToken value, int column) throws IOException {
        if (met[column] == objects) {
            faults = List.of(TWICE);
        }
        met[column] = objects;
        switch (value) {
            case VALUE_NULL -> record.cells().text(column, "");
            case START_ARRAY, START_OBJECT -> record.cells().composite(column);
            default -> record.cells().text(column, json.getText());
        }
    }

    /** Handles a value other than an object on the path to columns: they count as empty only if it is null or empty. */
    private void breakPaths(JsonParser json, JsonToken value, Node node) throws IOException {
        boolean nothing = value == JsonToken.VALUE_NULL || value == JsonToken.VALUE_STRING && json.getTextLength() == 0;
        if (nothing) {
            return;
        }
        for (Node member : node.members.values()) {
            if (member.column >= 0) {
                met[member.column] = objects;
                record.cells().brokenPath(member.column);
            }
            breakPaths(json, value, member);
        }
    }

    /** The first 1,000 members that the mapping doesn't name, in order of occurrence, nested ones by their paths. */
    public List<String> ignoredColumns() {
        return List.copyOf(ignored);
    }

    /**
     * Call this after a whole file: a name that occurs in no object is misspelled, except among nothing but rejected records, because the
     * others, in which the name occurred, aren't among them.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} for each column that didn't occur in any object
     */
    public void refuseUnmet() {
        List<FieldError> errors = new ArrayList<>();
        Suggestions suggestions = new Suggestions();
        boolean[] needed = mapping.neededColumns(records.takesProfiles());
        for (int i = 0; i < met.length && objects > rejected; i++) {
            if (needed[i] && met[i] == 0) {
                String name = mapping.columns().get(i);
                errors.add(new FieldError(
                        name,
                        "is a column that the mapping names, but no user has it" + suggestions.among(ignored, name)));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalidRequest(errors).exception();
        }
    }

    private void ignore(String name) {
        if (ignored.size() < MOST_IGNORED) {
            ignored.add(name);
        }
    }
}
