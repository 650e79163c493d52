package dev.bulkuserimport.rules;

import java.util.Collection;
import java.util.Optional;

/**
 * Suggestions for the unknown names in one file or payload. Finding the nearest name is slow and no one reads a thousand suggestions, so
 * only the first names are looked up: a file full of unknown names can't use up an invocation's time.
 */
public final class Suggestions {

    /** How many names are looked up. */
    public static final int MOST = 100;

    private int left = MOST;

    /** The continuation of a message about an unknown name: the suggestion, or nothing. */
    public String among(Collection<String> known, String name) {
        return left-- > 0 ? ended(NearestName.among(known, name)) : "";
    }

    /** The same for a name that isn't in an application's schema. */
    public String in(ApplicationSchema schema, String name) {
        return left-- > 0 ? ended(schema.meantBy(name)) : "";
    }

    private static String ended(Optional<String> near) {
        return near.map(known -> "; did you mean " + known + "?").orElse("");
    }
}
