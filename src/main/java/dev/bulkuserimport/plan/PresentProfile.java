package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.SerializableString;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.StandardProperty;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The profile of the current record: each property is checked, and written immediately. */
final class PresentProfile {

    private static final String LOGIN = StandardProperty.USER_NAME.propertyName();
    private static final Fault REQUIRED = Fault.of("is missing; the application requires it");

    private final PlanRules rules;
    private final Comparison comparison;
    private final PropertyTable properties;
    private final PresentRecord record;
    private final RecordWriter writer;
    private final Contradictions contradictions;
    private final Set<String> required = new LinkedHashSet<>();
    private boolean oversized;
    private boolean hasLogin;

    PresentProfile(PlanRules rules, PresentRecord record, RecordWriter writer, Contradictions contradictions) {
        this.rules = rules;
        this.comparison = rules.comparison();
        this.properties = new PropertyTable(rules.schema(), rules.unknownRefuses());
        this.record = record;
        this.writer = writer;
        this.contradictions = contradictions;
        rules.schema().ifPresent(schema -> required.addAll(schema.required()));
    }

    /** From now on a record without this property is invalid. */
    void require(String property) {
        required.add(property);
    }

    /** The property that is expected next. */
    SerializableString expectedName() {
        return properties.expected();
    }

    /** Names that aren't in the schema and refuse the whole source, each with advice. */
    Map<String, String> unknownProperties() {
        return properties.unknown();
    }

    /** Starts a new record. */
    void begin() {
        oversized = false;
        hasLogin = false;
    }

    /** Whether the record is too large for any request. */
    boolean isOversized() {
        return oversized;
    }

    void property(String name, char[] text, int offset, int length) throws IOException {
        Optional<PropertyTable.Property> known = newProperty(name);
        if (known.isEmpty()) {
            return;
        }
        PropertyTable.Property property = known.get();
        boolean written = isWritten();
        boolean plain = written && writer.property(property.json(), text, offset, length);
        Optional<Fault> fault = property.fault(text, offset, length, plain);
        if (fault.isPresent()) {
            record.fault(Optional.of(name), fault.get());
        } else if (property.isLogin() && length > 0) {
            hasLogin = true;
            contradictions
                    .login(text, offset, length, record)
                    .ifPresent(contradiction -> record.fault(Optional.of(name), contradiction));
        }
        record.hasProperty();
        if (length > 0) {
            property.hasValueIn(record.index());
        }
        if (written && record.isValid()) {
            oversized = writer.length() > PresentRecord.MOST_BYTES;
            comparison.property(name, text, offset, length);
        }
    }

    void nullProperty(String name) throws IOException {
        Optional<PropertyTable.Property> known = newProperty(name);
        known.flatMap(PropertyTable.Property::nullFault).ifPresent(fault -> record.fault(Optional.of(name), fault));
        boolean takesNull = known.flatMap(PropertyTable.Property::standard)
                .filter(StandardProperty::nullable)
                .isPresent();
        if (takesNull && isWritten()) {
            writer.nullProperty(known.get().json());
            comparison.nullProperty(name);
            record.hasProperty();
        }
    }

    void compositeProperty(String name, String kind) {
        record.hasProperty();
        if (newProperty(name).isPresent()) {
            record.fault(name, composite(kind));
        }
    }

    /** What is wrong with a value that is an array or an object. */
    static String composite(String kind) {
        return "is an " + kind + "; Okta accepts only text";
    }

    void end() throws IOException {
        writer.endProfile();
        record.endProfile();
        for (String name : required) {
            if (isMissing(name)) {
                record.fault(Optional.of(name), isRequiredBySchema(name) ? REQUIRED : Contradictions.NO_LOGIN);
            }
        }
        if (rules.isFile() && !hasLogin && !record.isFaulted(LOGIN)) {
            contradictions.noLogin().ifPresent(fault -> record.fault(Optional.of(LOGIN), fault));
        }
    }

    private boolean isMissing(String property) {
        return !properties.has(property, record.index()) && !record.isFaulted(property);
    }

    /** Whether the record is still worth writing. */
    private boolean isWritten() {
        return record.isValid() && !oversized;
    }

    private boolean isRequiredBySchema(String name) {
        return rules.schema().filter(schema -> schema.required().contains(name)).isPresent();
    }

    /** What is known about the record's next property; empty if its name alone makes it invalid. */
    private Optional<PropertyTable.Property> newProperty(String name) {
        if (!record.takesProperty()) {
            return Optional.empty();
        }
        Optional<PropertyTable.Property> property = properties.get(name);
        if (property.isEmpty()) {
            record.fault(
                    PresentRecord.PROFILE,
                    "has one of more than " + PropertyTable.MOST_NAMES
                            + " different property names in this import; no application has so many");
            return Optional.empty();
        }
        if (!property.get().isNewIn(record.index())) {
            record.fault(shortened(name), "occurs twice in the profile");
            return Optional.empty();
        }
        if (property.get().nameFault().isPresent()) {
            record.fault(
                    Optional.of(PresentRecord.PROFILE),
                    property.get().nameFault().get());
            return Optional.empty();
        }
        return property;
    }

    private static String shortened(String name) {
        return name.length() > PropertyTable.LONGEST_NAME ? PresentRecord.PROFILE : name;
    }
}
