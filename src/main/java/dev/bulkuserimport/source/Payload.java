package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Where a payload's JSON is; it may be read more than once, because what a later field says can change how {@code users} is read. */
@FunctionalInterface
public interface Payload {

    JsonParser open(JsonFactory json) throws IOException;

    /**
     * The parser that was opened last stands before the users. A payload that knows that nothing behind them can change how they are read
     * may let go of what has been read.
     */
    default void usersBegin() {}
}
