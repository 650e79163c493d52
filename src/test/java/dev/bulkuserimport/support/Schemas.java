package dev.bulkuserimport.support;

import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.ApplicationSchema.Property;
import dev.bulkuserimport.rules.Constraint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Schemas of applications that constrain no standard property. */
public final class Schemas {

    private Schemas() {}

    /** A schema that requires a login, and has custom properties which take any text. */
    public static ApplicationSchema of(String... custom) {
        Map<String, Property> properties = new LinkedHashMap<>();
        for (String name : custom) {
            properties.put(name, property(name, "string"));
        }
        return of(properties, Set.of("userName"));
    }

    public static ApplicationSchema of(Map<String, Property> custom, Set<String> required) {
        return new ApplicationSchema(custom, required, Map.of());
    }

    /** A custom property that takes any value of its type. */
    public static Property property(String title, String type) {
        return new Property(
                title, type, new Constraint(Constraint.Type.of(type), false, List.of(), 0, Integer.MAX_VALUE));
    }
}
