package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** Fields of a payload that an import doesn't know: one may be the users under another name. */
final class UnknownFields {

    /** How many fields with an array or an object are reported if users are missing. */
    private static final int MOST_FOUND = 5;

    private final List<String> found = new ArrayList<>();
    private boolean singleUser;

    /** @param value the first token of its value */
    void add(String field, JsonToken value) {
        singleUser |= field.equals(ColumnNames.EXTERNAL_ID);
        if (value.isStructStart() && found.size() < MOST_FOUND) {
            // Some systems write an object of people by their addresses or numbers.
            String name = ColumnNames.isData(field)
                    ? "a field with a name like an address or a number"
                    : ColumnNames.shown(field);
            found.add(name + (value == JsonToken.START_ARRAY ? " (an array)" : " (an object)"));
        }
    }

    /** Refuses a payload without users if it has what may be meant by them. */
    void refuseInsteadOf(String users) {
        if (singleUser) {
            throw Problem.invalidRequest(
                            PayloadReader.USERS,
                            "is missing, and the payload is a single user: put it into an array named users")
                    .exception();
        }
        if (!found.isEmpty()) {
            throw Problem.invalidRequest(
                            ColumnNames.shown(users),
                            "is missing, but the payload has " + String.join(", ", found)
                                    + ": rename the array with the users to users, or name it in a mapping (file.list)")
                    .exception();
        }
    }
}
