package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Where the array of users is in a JSON document: in a member of this name, or else in nested objects, at the end of a path of names.
 *
 * @param name the member's name, which may hold points; the path's names with points between them
 */
record UsersPath(String name) {

    /** Whether a top-level member of this name may lead to the users. */
    boolean beginsWith(String member) {
        return name.length() > member.length() + 1 && name.startsWith(member) && name.charAt(member.length()) == '.';
    }

    /** Moves a parser from before a document's first token to the bracket that opens its users; false when it has none. */
    boolean find(JsonParser json) throws IOException {
        if (json.nextToken() == JsonToken.START_ARRAY) {
            return true;
        }
        return findBelow(json);
    }

    private boolean findBelow(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_ARRAY && name.equals(member)) {
                return true;
            }
            if (value == JsonToken.START_OBJECT && beginsWith(member)) {
                if (new UsersPath(name.substring(member.length() + 1)).findBelow(json)) {
                    return true;
                }
            } else {
                json.skipChildren();
            }
        }
        return false;
    }
}
