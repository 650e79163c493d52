package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.mapping.ColumnContent;
import dev.bulkuserimport.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Examines the members of a JSON file's objects; nested ones are columns named by their paths. */
final class ObjectScan {

    /** The maximum nesting of objects, within users and around them. */
    private static final int MOST_LEVELS = 4;

    /** The most lists with objects that are examined. */
    private static final int MOST_LISTS = 1_000;

    private static final String MAPPING = "mapping";

    private final JsonParser json;

    /** Where the mapping says that the people are; a document that is an array has no other list. */
    private final Optional<UsersPath> named;

    /** The likeliest list so far; of all others nothing is kept. */
    private ObjectList people = new ObjectList("");

    private ObjectList list = people;

    private int lists;

    /** @param named the list that the mapping names */
    ObjectScan(JsonParser json, Optional<String> named) {
        this.json = json;
        this.named = named.map(UsersPath::new);
    }

    /** @param lines whether the file has one object per line */
    FileScan scan(boolean lines) throws IOException {
        Optional<CutOffException> end = Optional.empty();
        try {
            if (lines) {
                while (json.nextToken() != null) {
                    object();
                }
            } else if (json.nextToken() == JsonToken.START_ARRAY) {
                objects();
            } else if (json.currentToken() == JsonToken.START_OBJECT) {
                find("", 0);
            }
        } catch (JsonProcessingException e) {
            end = brokenOff(Malformed.json(e, json));
        } catch (CutOffException e) {
            end = brokenOff(e);
        }
        endList();
        Map<String, ColumnContent> columns = people.columns();
        List<ColumnContent> met = new ArrayList<>(columns.values());
        // An object that is null in some records is no column of its own.
        met.removeIf(column -> column.holdsNothing()
                && columns.keySet().stream().anyMatch(name -> name.startsWith(column.name() + ".")));
        met.forEach(column -> column.addEmpty(people.objects() - column.cells()));
        return new FileScan(
                met,
                0,
                people.path().filter(path -> !path.equals(PayloadReader.USERS)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                end);
    }

    /** The start of a file has at least one complete object. */
    private Optional<CutOffException> brokenOff(ProblemException problem) {
        if (problem instanceof CutOffException end && (people.objects() > 0 || list.objects() > 0)) {
            return Optional.of(end);
        }
        throw problem;
    }

    /** Searches for the array of objects that are people. */
    private void find(String path, int level) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_ARRAY && mayBePeople(path + name)) {
                list = new ObjectList(path + name);
                objects();
                endList();
            } else if (value == JsonToken.START_OBJECT && mayHaveThem(path, name, level)) {
                find(path + name + ".", level + 1);
            } else {
                json.skipChildren();
            }
        }
    }

    private boolean mayBePeople(String path) {
        return named.map(users -> users.name().equals(path))
                .orElse(lists < MOST_LISTS || path.equals(PayloadReader.USERS));
    }

    private boolean mayHaveThem(String path, String name, int level) {
        return named.map(users -> users.beginsWith(path + name)).orElse(level < MOST_LEVELS && !name.equals(MAPPING));
    }

    private void endList() {
        list.end();
        people = ObjectList.likelier(people, list);
        lists += list.objects() > 0 ? 1 : 0;
        list = people;
    }

    private void objects() throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            object();
        }
    }

    private void object() throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            members("", 0);
            list.addObject();
        } else {
            json.skipChildren();
        }
    }

    private void members(String path, int level) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = path + json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && level < MOST_LEVELS) {
                members(name + ".", level + 1);
                continue;
            }
            Optional<ColumnContent> column = list.column(name);
            if (value.isStructStart()) {
                column.ifPresent(ColumnContent::addComposite);
                json.skipChildren();
            } else if (column.isPresent()) {
                column.get().add(value == JsonToken.VALUE_NULL ? "" : json.getText());
            }
        }
    }
}
