package dev.bulkuserimport.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.Suggestions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes records of JSON objects, whose members are what columns are in a table. A member that is missing or null is an empty cell. */
public final class MappedObjects {

    /** Names that are listed as ignored. */
    private static final int MOST_IGNORED = 1_000;

    private static final Fault TWICE = Fault.of("has a member twice that the mapping names");

    private final Mapping mapping;
    private final RecordSink records;
    private final MappedRecord record;
    private final Map<String, Integer> columns = new HashMap<>();
    /** For each column the number of the object in which it was met last, from 1. */
    private final int[] met;

    private final Set<String> ignored = new LinkedHashSet<>();
    private int objects;

    /** @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} when profiles are wanted and the mapping makes none */
    public MappedObjects(Mapping mapping, RecordSink records) {
        mapping.refuseWithoutProfile(records.takesProfiles());
        this.mapping = mapping;
        this.records = records;
        this.record = new MappedRecord(mapping, records);
        this.met = new int[mapping.columns().size()];
        for (int i = 0; i < met.length; i++) {
            columns.put(mapping.columns().get(i), i);
        }
    }

    /**
     * Makes a record of the object that a parser stands on; it stands on its end afterwards.
     *
     * @param line the line of its file; 0 where there are no lines of records
     */
    public void read(JsonParser json, long line) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            records.begin(line);
            records.noObject();
            records.end();
            return;
        }
        objects++;
        Cells cells = record.cells();
        cells.clear();
        List<Fault> faults = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            Integer column = columns.get(name);
            if (column == null) {
                ignore(name);
                json.skipChildren();
                continue;
            }
            if (met[column] == objects) {
                faults = List.of(TWICE);
            }
            met[column] = objects;
            switch (value) {
                case VALUE_NULL -> cells.text(column, "");
                case START_ARRAY, START_OBJECT -> {
                    cells.composite(column);
                    json.skipChildren();
                }
                default -> cells.text(column, json.getText());
            }
        }
        record.write(line, faults, !faults.isEmpty());
    }

    /** The members that the mapping doesn't name, in the order in which they were met; the first 1,000. */
    public List<String> ignoredColumns() {
        return List.copyOf(ignored);
    }

    /**
     * To be asked after a whole file: a name that no object has is a name that is spelled wrong.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} for each column that was not met in any object
     */
    public void refuseUnmet() {
        List<FieldError> errors = new ArrayList<>();
        Suggestions suggestions = new Suggestions();
        boolean[] needed = mapping.neededColumns(records.takesProfiles());
        for (int i = 0; i < met.length && objects > 0; i++) {
            if (needed[i] && met[i] == 0) {
                String name = mapping.columns().get(i);
                errors.add(new FieldError(
                        name, "is a column that the mapping names and no user has" + suggestions.among(ignored, name)));
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
