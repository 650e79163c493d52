package dev.bulkuserimport.mapping;

import com.fasterxml.jackson.core.JsonParser;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.rules.StandardProperty;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Defines how the rows or objects of an HR system become users: a JSON document, parsed and checked. It comes from a payload's
 * {@code mapping}, from the key in an object's metadata {@code mapping}, or from a {@code mapping.json} in a file's folder or above ({@link
 * MappingKeys}).
 */
public final class Mapping {

    /** The most bytes of a mapping, enough for tables of some thousand codes. */
    public static final int MOST_BYTES = 1_000_000;

    private final List<String> columns;
    private final Set<String> read;
    private final Set<String> identifying;
    private final ValueRule externalId;
    private final List<PropertyRule> properties;
    private final RowRules deactivate;
    private final RowRules skip;
    private final GroupRules groups;
    private final FileLayout file;
    private final Clock clock;

    Mapping(
            List<String> columns,
            ValueRule externalId,
            List<PropertyRule> properties,
            RowRules deactivate,
            RowRules skip,
            GroupRules groups,
            FileLayout file,
            Clock clock) {
        this.columns = List.copyOf(columns);
        this.read = Set.copyOf(columns);
        this.identifying = Arrays.stream(externalId.origin().columns())
                .mapToObj(columns::get)
                .collect(Collectors.toUnmodifiableSet());
        this.externalId = externalId;
        this.properties = List.copyOf(properties);
        this.deactivate = deactivate;
        this.skip = skip;
        this.groups = groups;
        this.file = file;
        this.clock = clock;
    }

    /**
     * Parses a mapping document.
     *
     * @param json its bytes, at most {@link #MOST_BYTES}
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} with all errors, each with its path
     */
    public static Mapping parse(byte[] json) {
        MappingErrors errors = new MappingErrors();
        return MappingReader.read(MappingDocument.parse(json, errors), errors);
    }

    /**
     * Reads the mapping at a parser's position: the value of a payload's {@code mapping}. Afterwards the parser is at its last token.
     *
     * @throws IOException when the JSON is cut off or invalid
     * @throws dev.bulkuserimport.problem.ProblemException like {@link #parse}
     */
    public static Mapping read(JsonParser json) throws IOException {
        MappingErrors errors = new MappingErrors();
        return MappingReader.read(MappingDocument.read(json, errors), errors);
    }

    /**
     * The mapping that takes properties from members with the same names, and the external ID from a given member.
     *
     * @param externalIdKey the member with the external ID, not blank
     */
    public static Mapping byName(String externalIdKey, Collection<String> properties) {
        Map<String, Integer> columns = new LinkedHashMap<>();
        columns.put(externalIdKey, 0);
        List<PropertyRule> rules = new ArrayList<>();
        for (String property : properties) {
            int column = columns.computeIfAbsent(property, any -> columns.size());
            rules.add(new PropertyRule(property, taken(column)));
        }
        return new Mapping(
                List.copyOf(columns.keySet()),
                taken(0),
                rules,
                RowRules.NONE,
                RowRules.NONE,
                GroupRules.NONE,
                FileLayout.UNTOLD,
                Clock.systemUTC());
    }

    private static ValueRule taken(int column) {
        return new ValueRule(new Origin.First(new int[] {column}), List.of());
    }

    /** The options for reading the file. */
    public FileLayout file() {
        return file;
    }

    /** The names of the profile properties that it produces, as written in it, to be checked against an application's schema. */
    public List<String> properties() {
        return properties.stream().map(PropertyRule::name).toList();
    }

    /** Whether it reads a column with this name. */
    public boolean reads(String column) {
        return read.contains(column);
    }

    /** Whether a column with this name matters; for a deactivation only those of the external ID and of the skip rules do. */
    public boolean needs(String column, boolean profiles) {
        int number = columns.indexOf(column);
        return number >= 0 && neededColumns(profiles)[number];
    }

    /** Whether the external ID uses a column with this name. */
    public boolean identifiesBy(String column) {
        return identifying.contains(column);
    }

    /** Whether the login uses a column with this name. */
    public boolean makesLoginOf(String column) {
        return properties.stream()
                .filter(property -> property.name().equals(StandardProperty.USER_NAME.propertyName()))
                .flatMapToInt(
                        property -> Arrays.stream(property.value().origin().columns()))
                .anyMatch(number -> columns.get(number).equals(column));
    }

    /** Whether the ID of a group uses a column with this name. */
    public boolean makesGroupIdOf(String column) {
        int number = columns.indexOf(column);
        return groups.rules().stream().anyMatch(rule -> rule.identifiesBy(number));
    }

    /** The columns that it reads; its rules refer to them by index. */
    public List<String> columns() {
        return columns;
    }

    /** The columns that matter; for a deactivation only those of the external ID and of the skip rules. */
    boolean[] neededColumns(boolean profiles) {
        boolean[] needed = new boolean[columns.size()];
        if (profiles) {
            Arrays.fill(needed, true);
            return needed;
        }
        for (int column : externalId.origin().columns()) {
            needed[column] = true;
        }
        skip.tests().forEach(test -> needed[test.column()] = true);
        return needed;
    }

    /** Refuses an import of profiles with a mapping that doesn't produce any. */
    void refuseWithoutProfile(boolean profiles) {
        if (profiles && properties.isEmpty()) {
            throw MappingErrors.one(
                    MappingErrors.path(MappingErrors.ROOT, "profile"),
                    "is missing: without properties there is nothing to create or update");
        }
    }

    /** Where it makes logins, a record without one is invalid: in a table it is a totals row, not a person. */
    public void requireLogin(RecordSink records) {
        String login = StandardProperty.USER_NAME.propertyName();
        if (records.takesProfiles() && properties().contains(login)) {
            records.require(login);
        }
    }

    ValueRule externalIdRule() {
        return externalId;
    }

    List<PropertyRule> propertyRules() {
        return properties;
    }

    RowRules deactivate() {
        return deactivate;
    }

    RowRules skip() {
        return skip;
    }

    GroupRules groups() {
        return groups;
    }

    /** The time used for all rows of an import: read once, so that midnight can't fall between two of them. */
    Instant now() {
        return clock.instant();
    }
}
