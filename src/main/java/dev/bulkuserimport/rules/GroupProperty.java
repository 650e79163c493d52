package dev.bulkuserimport.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The properties of a group; Okta accepts no others.
 *
 * <p>Source: {@code IdentitySourceGroupProfileForUpsert} in Okta's management API.
 */
public enum GroupProperty {
    DISPLAY_NAME("displayName", 1, 255, false),
    DESCRIPTION("description", 0, 1024, true);

    private final String propertyName;
    private final int minLength;
    private final int maxLength;
    private final boolean nullable;

    GroupProperty(String propertyName, int minLength, int maxLength, boolean nullable) {
        this.propertyName = propertyName;
        this.minLength = minLength;
        this.maxLength = maxLength;
        this.nullable = nullable;
    }

    public String propertyName() {
        return propertyName;
    }

    /**
     * What is wrong with a group's profile, by property, described without the values.
     *
     * @param profile the properties; an empty value means null
     */
    public static Map<String, Fault> faults(Map<String, Optional<String>> profile) {
        Map<String, Fault> faults = new LinkedHashMap<>();
        for (GroupProperty property : values()) {
            Optional<String> value = profile.getOrDefault(property.propertyName, Optional.empty());
            boolean isThere = profile.containsKey(property.propertyName);
            if (value.isPresent()) {
                property.fault(value.get()).ifPresent(fault -> faults.put(property.propertyName, fault));
            } else if (!property.nullable) {
                faults.put(
                        property.propertyName,
                        Fault.of(isThere ? "can't be null" : "is missing; a group must have a name"));
            }
        }
        if (!profile.keySet().stream().allMatch(GroupProperty::isKnown)) {
            faults.put(
                    "profile",
                    Fault.of(
                            "contains a property that groups don't have; the only ones are displayName and description"));
        }
        return faults;
    }

    private static boolean isKnown(String name) {
        return name.equals(DISPLAY_NAME.propertyName) || name.equals(DESCRIPTION.propertyName);
    }

    private Optional<Fault> fault(String value) {
        char[] text = value.toCharArray();
        Optional<Fault> broken = RecordText.fault(text, 0, text.length);
        boolean blank = minLength > 0 && Edges.isBlank(text, 0, text.length);
        int characters = blank ? 0 : Character.codePointCount(text, 0, text.length);
        if (broken.isPresent() || characters >= minLength && characters <= maxLength) {
            return broken;
        }
        return Optional.of(Fault.ofLength(characters, "Okta accepts", minLength, maxLength));
    }
}
