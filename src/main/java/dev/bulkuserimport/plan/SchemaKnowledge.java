package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.ApplicationSchema;
import java.util.Optional;

/** What is known of the application's schema when its users are read. */
public sealed interface SchemaKnowledge {

    /** Nobody asked for it. */
    SchemaKnowledge NOT_ASKED = new NotAsked();

    /** Nobody asked for it. */
    record NotAsked() implements SchemaKnowledge {}

    /** It was read. */
    record Known(ApplicationSchema schema) implements SchemaKnowledge {}

    /**
     * It was asked for, and these credentials may not read it.
     *
     * @param why for the report
     */
    record Unreadable(String why) implements SchemaKnowledge {}

    /** The schema, where it is known. */
    default Optional<ApplicationSchema> known() {
        return this instanceof Known known ? Optional.of(known.schema()) : Optional.empty();
    }
}
