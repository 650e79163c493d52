package dev.bulkuserimport.source;

import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.StandardProperty;
import dev.bulkuserimport.source.Row.Damage;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The columns of a table without a mapping: which field of a record each one is, and how they turn a row into a record. */
final class Columns implements RowRecords {

    /** The most named columns. Okta's applications have hundreds of properties. */
    private static final int MOST = 2_000;

    /** The most characters of a name; Okta's limit for a property's variable name. */
    private static final int LONGEST_NAME = 255;

    private static final String USER_NAME = StandardProperty.USER_NAME.propertyName();

    private static final Fault SWALLOWED = Fault.of("contains " + SwallowedRows.EXPLANATION);

    private final String[] names;
    private final Kind[] kinds;
    private final boolean nameless;
    private final int named;
    private final boolean guarded;
    private final int externalId;
    private final FieldCount fields;
    private final StrayRow stray;
    private final RememberedDamage damage;
    private final SwallowedRows swallowed;

    private enum Kind {
        EXTERNAL_ID,
        PROPERTY,
        REASON,
        NAMELESS
    }

    private Columns(
            String[] names,
            Kind[] kinds,
            int named,
            boolean guarded,
            int externalId,
            FieldCount fields,
            Optional<Character> separator) {
        this.names = names;
        this.kinds = kinds;
        this.nameless = Arrays.asList(kinds).contains(Kind.NAMELESS);
        this.named = named;
        this.guarded = guarded;
        this.externalId = externalId;
        this.fields = fields;
        this.swallowed = new SwallowedRows(separator, names.length, guarded);
        this.damage = RememberedDamage.ofFields(List.of(names));
        this.stray = new StrayRow(List.of(names), new int[] {externalId});
    }

    /**
     * Reads a header row that names an external ID.
     *
     * @param header its cells, normalized for comparison
     * @param line its line
     * @param separator the character that separates cells; empty for a spreadsheet
     * @throws ProblemException when a name isn't a property or occurs twice
     */
    static Columns of(List<String> header, long line, Optional<Character> separator) {
        int cells = header.size();
        String[] names = new String[cells];
        Kind[] kinds = new Kind[cells];
        Map<String, Integer> seen = new HashMap<>();
        int named = 0;
        int externalId = -1;
        for (int i = 0; i < cells; i++) {
            names[i] = ColumnNames.field(header.get(i));
            kinds[i] = kind(names[i]);
            if (kinds[i] == Kind.NAMELESS) {
                continue;
            }
            named = kinds[i] == Kind.REASON ? named : i + 1;
            externalId = kinds[i] == Kind.EXTERNAL_ID ? i : externalId;
            refuseName(names[i], i, line);
            Integer first = seen.putIfAbsent(names[i], i);
            if (first != null) {
                throw Malformed.at(
                        "The header row names " + ColumnNames.shown(names[i]) + " twice (columns " + (first + 1)
                                + " and " + (i + 1) + ")",
                        line,
                        1);
            }
        }
        if (seen.size() > MOST) {
            throw Malformed.at("The header row has more than " + MOST + " columns", line, 1);
        }
        return new Columns(
                names,
                kinds,
                named,
                seen.containsKey(ColumnNames.REASON),
                externalId,
                new FieldCount(List.of(names), separator.isPresent()),
                separator);
    }

    private static Kind kind(String name) {
        if (name.isEmpty()) {
            return Kind.NAMELESS;
        }
        if (name.equals(ColumnNames.EXTERNAL_ID)) {
            return Kind.EXTERNAL_ID;
        }
        return ColumnNames.isReason(name) ? Kind.REASON : Kind.PROPERTY;
    }

    private static void refuseName(String name, int column, long line) {
        if (name.length() > LONGEST_NAME) {
            throw Malformed.at(
                    "Column " + (column + 1) + " has a name of " + name.length()
                            + " characters; a property name has at most " + LONGEST_NAME,
                    line,
                    1);
        }
    }

    /** The properties that have columns. */
    private List<String> properties() {
        return IntStream.range(0, named)
                .filter(i -> kinds[i] == Kind.PROPERTY)
                .mapToObj(i -> names[i])
                .toList();
    }

    @Override
    public void check(SchemaKnowledge schema) {
        SchemaCheck.COLUMNS.check(properties(), schema);
    }

    @Override
    public void refuseBy(Row firstRow) {
        for (int i = 0; i < Math.min(named, firstRow.cells()); i++) {
            refuseNameless(firstRow, i);
        }
    }

    /** A column between others with values but without a name: what they are is unknown. */
    private void refuseNameless(Row row, int cell) {
        if (kinds[cell] == Kind.NAMELESS && !row.isEmpty(cell)) {
            throw Malformed.at(
                    "Column " + (cell + 1) + " has no name in the header row, but line " + row.line()
                            + " has a value in it",
                    row.line(),
                    1);
        }
    }

    @Override
    public void startOn(RecordSink records) {
        if (records.takesProfiles() && properties().contains(USER_NAME)) {
            records.require(USER_NAME);
        }
        records.columns(IntStream.range(0, names.length)
                .filter(i -> kinds[i] == Kind.PROPERTY)
                .mapToObj(i -> names[i])
                .toList());
    }

    @Override
    public List<String> ignored() {
        return List.of();
    }

    @Override
    public void record(Row row, RecordSink records) throws IOException {
        if (records.onlyCounts()) {
            records.count();
            return;
        }
        int cells = row.cells();
        records.begin(row.line());
        Optional<String> rejectedBefore = Optional.empty();
        if (guarded) {
            row.takeOffGuards();
            rejectedBefore = damage.restore(row);
            rejectedBefore.ifPresent(records::rejectedBefore);
        }
        faults(row, rejectedBefore, records);
        identify(row, records);
        if (records.takesProfiles()) {
            records.beginProfile();
            for (int i = 0; i < Math.min(cells, named); i++) {
                if (kinds[i] == Kind.PROPERTY && row.holds(i)) {
                    property(row, i, records);
                }
            }
            records.endProfile();
        }
        records.end();
    }

    private void identify(Row row, RecordSink records) throws IOException {
        if (externalId >= row.cells() || !row.holds(externalId)) {
            records.noExternalId();
            return;
        }
        Damage damage = row.damage(externalId);
        // The rules for IDs cover formula errors.
        if (damage.spoilsIdentity() && damage != Damage.FORMULA) {
            records.fault(ColumnNames.EXTERNAL_ID, damage.message());
            records.doubtExternalId();
        }
        if (!row.isEmpty(externalId)) {
            records.externalId(row.text(externalId));
        }
    }

    private void property(Row row, int cell, RecordSink records) throws IOException {
        Damage damage = row.damage(cell);
        if (damage == Damage.NONE || !damage.spoils() && !names[cell].equals(USER_NAME)) {
            records.property(names[cell], row.chars(), row.offset(cell), row.length(cell));
        } else {
            records.fault(names[cell], damage.message());
        }
    }

    private void faults(Row row, Optional<String> rejectedBefore, RecordSink records) {
        stray.fault(row).ifPresent(fault -> records.fault(Optional.empty(), fault));
        Optional<Fault> count = fields.fault(row);
        if (count.isPresent()) {
            records.fault(Optional.empty(), count.get());
            records.doubtExternalId();
        }
        for (int i = 0; nameless && i < Math.min(row.cells(), names.length); i++) {
            if (kinds[i] != Kind.NAMELESS || row.isEmpty(i)) {
                continue;
            }
            if (i < named) {
                refuseNameless(row, i);
            } else if (count.isEmpty()) {
                records.fault("has a value in column " + (i + 1) + ", which has no name in the header row");
                records.doubtExternalId();
                break;
            }
        }
        Optional<Integer> swallowing = swallowed.in(row, rejectedBefore);
        if (swallowing.isPresent()) {
            records.fault(
                    swallowing
                            .filter(place -> place < names.length)
                            .map(place -> names[place])
                            .filter(name -> !name.isEmpty()),
                    SWALLOWED);
            records.doubtExternalId();
        }
    }
}
