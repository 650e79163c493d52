package dev.bulkuserimport.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of an application's profile schema that an import needs.
 *
 * @param custom the custom properties by name
 * @param required the names that the application requires, standard and custom
 * @param standard constraints on the standard properties' values, by name; a property that isn't included is subject only to Okta's limits
 */
public record ApplicationSchema(Map<String, Property> custom, Set<String> required, Map<String, Constraint> standard) {

    /**
     * A custom property.
     *
     * @param title the display name
     * @param type the type name in Okta's schema
     * @param constraint the constraints on its values
     */
    public record Property(String title, String type, Constraint constraint) {}

    /** The constraints on a property's values. */
    public Constraint constraint(String name) {
        Property property = custom.get(name);
        return property == null ? standard.getOrDefault(name, Constraint.NONE) : property.constraint();
    }

    /** Whether a profile may have a property with exactly this name. */
    public boolean knows(String name) {
        return StandardProperty.named(name).isPresent() || custom.containsKey(name);
    }

    /** The names of all properties, the standard ones first. */
    public List<String> names() {
        List<String> names = new ArrayList<>(StandardProperty.values().length + custom.size());
        for (StandardProperty standard : StandardProperty.values()) {
            names.add(standard.propertyName());
        }
        names.addAll(custom.keySet());
        return names;
    }

    /** The property most likely meant by a name that the application doesn't have. */
    public Optional<String> meantBy(String name) {
        return NearestName.among(names(), name);
    }
}
