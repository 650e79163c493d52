package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.Constraint;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.Lookalike;
import dev.bulkuserimport.rules.RecordText;
import dev.bulkuserimport.rules.StandardProperty;
import dev.bulkuserimport.rules.Suggestions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Caches what is known about each property name, determined once per name instead of once per value: the users of a payload nearly always
 * have the same few properties.
 */
final class PropertyTable {

    /** The most different property names in an import; Okta's applications have hundreds at most. */
    static final int MOST_NAMES = 2_000;

    /** The most characters of a property name; Okta's limit for a variable name. */
    static final int LONGEST_NAME = 255;

    private static final Map<String, String> LABELS = new HashMap<>();

    static {
        LABELS.put("External ID", "externalId, which belongs next to the profile");
        for (StandardProperty standard : StandardProperty.values()) {
            LABELS.put(standard.label(), standard.propertyName());
        }
    }

    private final Optional<ApplicationSchema> schema;
    private final boolean unknownRefuses;
    private final Map<String, Property> properties = new HashMap<>();
    private final Map<String, String> unknown = new LinkedHashMap<>();
    private final Suggestions suggestions = new Suggestions();
    private Property last;

    PropertyTable(Optional<ApplicationSchema> schema, boolean unknownRefuses) {
        this.schema = schema;
        this.unknownRefuses = unknownRefuses;
        this.last = property("");
    }

    /** What is known about a name; empty if there are more names than any application has. */
    Optional<Property> get(String name) {
        // Users of one source nearly always have their properties in the same order.
        Property property = last.following;
        if (!property.name.equals(name)) {
            property = properties.get(name);
            if (property == null) {
                if (properties.size() >= MOST_NAMES) {
                    return Optional.empty();
                }
                property = property(name);
                properties.put(name, property);
            }
            last.following = property;
        }
        last = property;
        return property.itself;
    }

    /** The name that is expected next. */
    SerializedString expected() {
        return last.following.json;
    }

    /** Whether the record has a property with this name and a value: null and an empty text are none. */
    boolean has(String name, int record) {
        Property property = properties.get(name);
        return property != null && property.lastValue == record;
    }

    /** Names that aren't in the schema and refuse the whole source, each with advice. */
    Map<String, String> unknown() {
        return unknown;
    }

    private Property property(String name) {
        Optional<StandardProperty> standard = StandardProperty.named(name);
        if (standard.isPresent()) {
            return new Property(name, standard, constraint(name), Optional.empty(), Optional.empty());
        }
        Optional<Fault> nameFault = nameFault(name);
        return new Property(
                name,
                Optional.empty(),
                constraint(name),
                nameFault,
                nameFault.isPresent() ? nameFault : unknownTo(name));
    }

    private Optional<Constraint> constraint(String name) {
        return schema.map(known -> known.constraint(name)).filter(constraint -> !constraint.isNone());
    }

    private static Optional<Fault> nameFault(String name) {
        if (name.isEmpty()) {
            return Optional.of(Fault.of("has a property whose name is empty"));
        }
        if (name.length() > LONGEST_NAME) {
            return Optional.of(Fault.of("has a property whose name is longer than " + LONGEST_NAME + " characters"));
        }
        return RecordText.fault(name.toCharArray(), 0, name.length())
                .map(fault -> Fault.of("has a property whose name " + fault.message()));
    }

    private Optional<Fault> unknownTo(String name) {
        if (LABELS.containsKey(name)) {
            return Optional.of(Fault.of("is the card's label; the property's name is " + LABELS.get(name)));
        }
        if (schema.isEmpty() || schema.get().custom().containsKey(name)) {
            return Optional.empty();
        }
        String message = "is not a property of the application" + suggestions.in(schema.get(), name);
        if (unknownRefuses) {
            unknown.put(name, message);
        }
        return Optional.of(Fault.of(message));
    }

    /** A property name. */
    static final class Property {
        private final String name;
        private final SerializedString json;
        private final Optional<StandardProperty> standard;
        private final Optional<Constraint> constraint;
        private final boolean login;
        private final Optional<Fault> nameFault;
        private final Optional<Fault> fault;
        private final Optional<Property> itself = Optional.of(this);
        private int lastRecord = -1;
        private int lastValue = -1;

        /** The property that followed this one last time; initially none, so that it is looked up. */
        private Property following = this;

        private Property(
                String name,
                Optional<StandardProperty> standard,
                Optional<Constraint> constraint,
                Optional<Fault> nameFault,
                Optional<Fault> fault) {
            this.name = name;
            this.json = new SerializedString(name);
            this.standard = standard;
            this.constraint = constraint;
            this.login = standard.filter(StandardProperty.USER_NAME::equals).isPresent();
            this.nameFault = nameFault;
            this.fault = fault;
        }

        /** The name as JSON. */
        SerializedString json() {
            return json;
        }

        /** The standard property; empty for a custom one. */
        Optional<StandardProperty> standard() {
            return standard;
        }

        /** Whether it is the login, which must be unique. */
        boolean isLogin() {
            return login;
        }

        /** What is wrong with the name itself. */
        Optional<Fault> nameFault() {
            return nameFault;
        }

        /**
         * What is wrong with a value.
         *
         * @param plain whether all characters are known to be valid unchanged
         */
        Optional<Fault> fault(char[] text, int offset, int length, boolean plain) {
            Optional<Fault> broken = plain ? Optional.empty() : RecordText.fault(text, offset, length);
            if (broken.isPresent()) {
                return broken;
            }
            Optional<Fault> own = standard.isPresent() ? standard.get().fault(text, offset, length) : fault;
            return plain && constraint.isEmpty() || own.isPresent() ? own : more(text, offset, length, plain);
        }

        /** Less frequent cases. */
        private Optional<Fault> more(char[] text, int offset, int length, boolean plain) {
            Optional<Fault> lookalike =
                    !plain && standard.isPresent() && standard.get().isIdentity()
                            ? Lookalike.fault(text, offset, length)
                            : Optional.empty();
            return lookalike.isPresent() || constraint.isEmpty()
                    ? lookalike
                    : constraint.get().fault(text, offset, length);
        }

        /** What is wrong with a null value. */
        Optional<Fault> nullFault() {
            return constraint.filter(Constraint::readOnly).flatMap(readOnly -> readOnly.fault(new char[0], 0, 0));
        }

        /** Marks it as one that has a value in a record. */
        void hasValueIn(int record) {
            lastValue = record;
        }

        /** Marks it as seen in a record; false if it has already been seen there. */
        boolean isNewIn(int record) {
            boolean isNew = lastRecord != record;
            lastRecord = record;
            return isNew;
        }
    }
}
