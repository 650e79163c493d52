package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.RecordText;
import dev.bulkuserimport.rules.StandardProperty;
import java.util.HashMap;
import java.util.Map;

/**
 * What there is to know of each property name, found out once a name instead of once a value: users of one payload nearly always have the
 * same few properties.
 */
final class PropertyTable {

    /** Names after which a new record begins with an empty table, so that a payload of ever new names costs no memory. */
    private static final int MOST = 4096;

    private final ApplicationSchema schema;
    private final Map<String, Property> properties = new HashMap<>();

    PropertyTable(ApplicationSchema schema) {
        this.schema = schema;
    }

    /** A new record begins. */
    void begin() {
        if (properties.size() > MOST) {
            properties.clear();
        }
    }

    Property get(String name) {
        Property property = properties.get(name);
        if (property == null) {
            property = property(name);
            properties.put(name, property);
        }
        return property;
    }

    /** Whether a record has a property of this name. */
    boolean has(String name, int record) {
        Property property = properties.get(name);
        return property != null && property.lastRecord == record;
    }

    private Property property(String name) {
        StandardProperty standard = StandardProperty.named(name);
        if (standard != null) {
            return new Property(name, standard, null, null);
        }
        String nameFault = name.isEmpty() ? "is empty" : RecordText.fault(name.toCharArray(), 0, name.length());
        return new Property(name, null, nameFault, nameFault == null ? unknownTo(name) : null);
    }

    private String unknownTo(String name) {
        if (schema == null || schema.custom().containsKey(name)) {
            return null;
        }
        String nearest = schema.nearest(name);
        return "is not a property of the application" + (nearest == null ? "" : "; did you mean " + nearest + "?");
    }

    /** A property name. */
    static final class Property {
        private final SerializedString json;
        private final StandardProperty standard;
        private final String nameFault;
        private final String fault;
        private int lastRecord = -1;

        private Property(String name, StandardProperty standard, String nameFault, String fault) {
            this.json = new SerializedString(name);
            this.standard = standard;
            this.nameFault = nameFault;
            this.fault = fault;
        }

        /** The name as it is written. */
        SerializedString json() {
            return json;
        }

        /** What Okta says of it; null for a custom one. */
        StandardProperty standard() {
            return standard;
        }

        /** What is wrong with the name itself; null when nothing is. */
        String nameFault() {
            return nameFault;
        }

        /** What is wrong with any value of it; null when nothing is. */
        String fault() {
            return fault;
        }

        /** Marks it as seen in a record; false when it has been seen there before. */
        boolean isNewIn(int record) {
            boolean isNew = lastRecord != record;
            lastRecord = record;
            return isNew;
        }
    }
}
