package dev.bulkuserimport.rules;

import java.util.Collection;
import java.util.Optional;

/**
 * What is meant by the names of one file or payload that nobody knows. Looking for the nearest name is slow and nobody reads a thousand
 * suggestions, so only the first names are looked up: a file of nothing else can't use up an invocation's time.
 */
public final class Suggestions {

    /** Names that are looked up. */
    public static final int MOST = 100;

    private int left = MOST;

    /** How a message goes on that says of a name that it isn't known: with what is meant, or not at all. */
    public String among(Collection<String> known, String name) {
        return left-- > 0 ? ended(NearestName.among(known, name)) : "";
    }

    /** The same for a name that an application's schema doesn't know. */
    public String in(ApplicationSchema schema, String name) {
        return left-- > 0 ? ended(schema.meantBy(name)) : "";
    }

    private static String ended(Optional<String> near) {
        return near.map(known -> "; did you mean " + known + "?").orElse("");
    }
}
