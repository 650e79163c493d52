package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The location of the array of users in a JSON document: in a member with this name, or in nested objects at the end of a path of names.
 *
 * @param name the member's name, which may contain dots; or a path's names separated by dots
 */
record UsersPath(String name) {

    /** Whether a top-level member with this name may lead to the users. */
    boolean beginsWith(String member) {
        return name.length() > member.length() + 1 && name.startsWith(member) && name.charAt(member.length()) == '.';
    }

    /** Moves a parser from before a document's first token to the bracket that opens its users; false if there are none. */
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
