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

    /** Of an application whose schema isn't known: the properties that every application has. */
    public static final ApplicationSchema STANDARD = new ApplicationSchema(Map.of(), Set.of(), Map.of());

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

    /**
     * A property as it is shown to a person.
     *
     * @param name its name in a profile
     * @param title the display name
     * @param type the type name in Okta's schema
     * @param required whether it must be given
     * @param custom whether it isn't one that every application has
     */
    public record Field(String name, String title, String type, boolean required, boolean custom) {}

    /** All properties, the standard ones first. */
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>(StandardProperty.values().length + custom.size());
        for (StandardProperty standard : StandardProperty.values()) {
            String name = standard.propertyName();
            fields.add(new Field(name, standard.label(), "string", required.contains(name), false));
        }
        custom.forEach((name, property) ->
                fields.add(new Field(name, property.title(), property.type(), required.contains(name), true)));
        return fields;
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
