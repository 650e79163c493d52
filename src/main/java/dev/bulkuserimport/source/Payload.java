package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Access to a payload's JSON. It may be read more than once, because a later field can change how {@code users} is read. */
@FunctionalInterface
public interface Payload {

    JsonParser open(JsonFactory json) throws IOException;

    /**
     * Called when the last opened parser has reached the users. A payload that knows that nothing after them changes how they are read may
     * release what has been read.
     */
    default void usersBegin() {}
}
