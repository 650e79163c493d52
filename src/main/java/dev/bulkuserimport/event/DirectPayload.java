package dev.bulkuserimport.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.source.Payload;
import java.io.IOException;
import java.util.Optional;

/**
 * A payload that is the whole event. If its users come last, as they nearly always do, they are read only once, and the event's memory is
 * reused for the requests during reading: together they would be the largest thing that the function ever holds.
 */
final class DirectPayload implements Payload {

    private final ByteChunks event;
    private final boolean usersAreLast;
    private Optional<ByteChunks.Stream> open = Optional.empty();

    /**
     * @param event its bytes
     * @param usersAreLast whether nothing follows the users that could change how they are read
     */
    DirectPayload(ByteChunks event, boolean usersAreLast) {
        this.event = event;
        this.usersAreLast = usersAreLast;
    }

    @Override
    public JsonParser open(JsonFactory json) throws IOException {
        ByteChunks.Stream stream = event.stream();
        open = Optional.of(stream);
        return json.createParser(stream);
    }

    @Override
    public void usersBegin() {
        if (usersAreLast) {
            open.ifPresent(ByteChunks.Stream::giveBack);
        }
    }
}
