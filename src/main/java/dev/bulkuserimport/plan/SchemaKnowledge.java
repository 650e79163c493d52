package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.ApplicationSchema;
import java.util.Optional;

/** What is known about the application's schema when the users are read. */
public sealed interface SchemaKnowledge {

    /** It was not requested. */
    SchemaKnowledge NOT_ASKED = new NotAsked();

    /** It was not requested. */
    record NotAsked() implements SchemaKnowledge {}

    /** It was read. */
    record Known(ApplicationSchema schema) implements SchemaKnowledge {}

    /**
     * It was requested, but the credentials don't permit reading it.
     *
     * @param why the reason, for the report
     */
    record Unreadable(String why) implements SchemaKnowledge {}

    /** The schema, if it is known. */
    default Optional<ApplicationSchema> known() {
        return this instanceof Known known ? Optional.of(known.schema()) : Optional.empty();
    }
}
