package dev.bulkuserimport.rules;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An application's profile schema, as far as an import needs it.
 *
 * @param custom the custom properties by name
 * @param required the names that the application requires, standard and custom
 */
public record ApplicationSchema(Map<String, Property> custom, Set<String> required) {

    /** A property's title and type as Okta's schema gives them. */
    public record Property(String title, String type) {}

    /** The known name that is nearest to {@code name}; null when none is near. */
    public String nearest(String name) {
        String best = null;
        int bestDistance = Math.max(2, name.length() / 3) + 1;
        for (String candidate : custom.keySet()) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        for (StandardProperty standard : StandardProperty.values()) {
            int distance = distance(
                    name.toLowerCase(Locale.ROOT), standard.propertyName().toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = standard.propertyName();
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Levenshtein's distance, over two rows. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitute, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
