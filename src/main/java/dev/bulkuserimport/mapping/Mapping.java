package dev.bulkuserimport.mapping;

import com.fasterxml.jackson.core.JsonParser;
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
 * How the rows or objects of an HR system become users: a JSON document, parsed and checked. It is found in a payload's {@code mapping},
 * under the key that an object's metadata {@code mapping} names, or in a {@code mapping.json} beside or above a file
 * ({@link MappingKeys}).
 */
public final class Mapping {

    /** Bytes of a mapping: tables of some thousand codes fit. */
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
            FileLayout file) {
        this(columns, externalId, properties, deactivate, skip, groups, file, Clock.systemUTC());
    }

    private Mapping(
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

    /** The same mapping, whose {@code today} is another clock's. */
    public Mapping at(Clock other) {
        return new Mapping(columns, externalId, properties, deactivate, skip, groups, file, other);
    }

    /**
     * The mapping of a document of its own.
     *
     * @param json its bytes, at most {@link #MOST_BYTES}
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} with everything that is wrong, each with its path
     */
    public static Mapping parse(byte[] json) {
        MappingErrors errors = new MappingErrors();
        return MappingReader.read(MappingDocument.parse(json, errors), errors);
    }

    /**
     * The mapping that a parser stands on: the value of a payload's {@code mapping}. The parser stands on its last token afterwards.
     *
     * @throws IOException when the JSON breaks off or is none
     * @throws dev.bulkuserimport.problem.ProblemException as {@link #parse}
     */
    public static Mapping read(JsonParser json) throws IOException {
        MappingErrors errors = new MappingErrors();
        return MappingReader.read(MappingDocument.read(json, errors), errors);
    }

    /**
     * The mapping that takes properties from members of their own names, and the external ID from one member.
     *
     * @param externalIdKey the member that holds the external ID, not blank
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
                FileLayout.UNTOLD);
    }

    private static ValueRule taken(int column) {
        return new ValueRule(new Origin.First(new int[] {column}), List.of());
    }

    /** What it says about the file. */
    public FileLayout file() {
        return file;
    }

    /** The names of the profile properties that it makes, as written in it: to be held against an application's schema. */
    public List<String> properties() {
        return properties.stream().map(PropertyRule::name).toList();
    }

    /** Whether it reads a column of this name. */
    public boolean reads(String column) {
        return read.contains(column);
    }

    /** Whether the external ID is made of a column of this name. */
    public boolean identifiesBy(String column) {
        return identifying.contains(column);
    }

    /** Whether the login is made of a column of this name. */
    public boolean makesLoginOf(String column) {
        return properties.stream()
                .filter(property -> property.name().equals(StandardProperty.USER_NAME.propertyName()))
                .flatMapToInt(
                        property -> Arrays.stream(property.value().origin().columns()))
                .anyMatch(number -> columns.get(number).equals(column));
    }

    /** The columns that it reads; the place of each is what its rules call it by. */
    List<String> columns() {
        return columns;
    }

    /** Which of its columns matter: for deactivations alone those of the external ID and of what is skipped. */
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

    /** Refuses an import of profiles by a mapping that makes none. */
    void refuseWithoutProfile(boolean profiles) {
        if (profiles && properties.isEmpty()) {
            throw MappingErrors.one(
                    MappingErrors.path(MappingErrors.ROOT, "profile"),
                    "is missing: without properties there is nothing to create or update");
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

    /** The time by which an import's rows are judged: asked once, so that no midnight falls between two of them. */
    Instant now() {
        return clock.instant();
    }
}
