package dev.bulkuserimport.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Whether a profile may have a property of exactly this name. */
    public boolean knows(String name) {
        return StandardProperty.named(name).isPresent() || custom.containsKey(name);
    }

    /** The property that a person most likely means by a name that the application doesn't know. */
    public Optional<String> meantBy(String name) {
        List<String> known = new ArrayList<>(StandardProperty.values().length + custom.size());
        for (StandardProperty standard : StandardProperty.values()) {
            known.add(standard.propertyName());
        }
        known.addAll(custom.keySet());
        return NearestName.among(known, name);
    }
}
