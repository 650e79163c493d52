package dev.bulkuserimport.source;

import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.StandardProperty;
import dev.bulkuserimport.rules.Suggestions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns of a table without a mapping: which field of a record each is, and how a row becomes a record by them. */
final class Columns implements RowRecords {

    /** Columns with a name. Okta's applications have hundreds of properties. */
    private static final int MOST = 2_000;

    /** Characters of a name; Okta's own limit for a property's variable name. */
    private static final int LONGEST_NAME = 255;

    private static final String USER_NAME = StandardProperty.USER_NAME.propertyName();

    private static final String ROUNDED = "is a number of more than " + NumberFormats.DIGITS
            + " digits, which the spreadsheet has rounded: format the column as text and enter it again";

    private static final Fault SWALLOWED = Fault.of(
            "holds line breaks and as many separators as a row: a stray quote has swallowed the rows below; take the quote away");

    private final String[] names;
    private final Kind[] kinds;
    private final boolean nameless;
    private final int named;
    private final boolean guarded;
    private final int externalId;
    private final FieldCount fields;
    private final Optional<Character> separator;

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
        this.separator = separator;
    }

    /**
     * Takes a header row that names an external ID.
     *
     * @param header the row
     * @param separator the character that parts cells; empty in a spreadsheet
     * @throws ProblemException when a name is no property's or stands twice
     */
    static Columns of(Row header, Optional<Character> separator) {
        int cells = header.cells();
        String[] names = new String[cells];
        Kind[] kinds = new Kind[cells];
        Map<String, Integer> seen = new HashMap<>();
        int named = 0;
        int externalId = -1;
        for (int i = 0; i < cells; i++) {
            names[i] = ColumnNames.field(header.text(i));
            kinds[i] = kind(names[i]);
            if (kinds[i] == Kind.NAMELESS) {
                continue;
            }
            named = i + 1;
            externalId = kinds[i] == Kind.EXTERNAL_ID ? i : externalId;
            refuseName(names[i], i, header.line());
            Integer first = seen.putIfAbsent(names[i], i);
            if (first != null) {
                throw Malformed.at(
                        "The header row names " + ColumnNames.shown(names[i]) + " twice (columns " + (first + 1)
                                + " and " + (i + 1) + ")",
                        header.line(),
                        1);
            }
        }
        if (seen.size() > MOST) {
            throw Malformed.at("The header row has more than " + MOST + " columns", header.line(), 1);
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
                            + " characters; a property's has at most " + LONGEST_NAME,
                    line,
                    1);
        }
    }

    /** Whether there is a column for this property. */
    private boolean has(String property) {
        for (int i = 0; i < named; i++) {
            if (kinds[i] == Kind.PROPERTY && names[i].equals(property)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void check(SchemaKnowledge schema) {
        if (schema instanceof SchemaKnowledge.Known known) {
            check(known.schema());
        } else if (schema instanceof SchemaKnowledge.Unreadable) {
            checkWithoutSchema();
        }
    }

    @Override
    public void refuseBy(Row firstRow) {
        for (int i = 0; i < Math.min(named, firstRow.cells()); i++) {
            refuseNameless(firstRow, i);
        }
    }

    /** A column between others that has values and no name: whose they are, nobody knows. */
    private void refuseNameless(Row row, int cell) {
        if (kinds[cell] == Kind.NAMELESS && !row.isEmpty(cell)) {
            throw Malformed.at(
                    "Column " + (cell + 1) + " has no name in the header row, but line " + row.line()
                            + " has something in it",
                    row.line(),
                    1);
        }
    }

    @Override
    public void startOn(RecordSink records) {
        if (records.takesProfiles() && has(USER_NAME)) {
            records.require(USER_NAME);
        }
    }

    @Override
    public List<String> ignored() {
        return List.of();
    }

    /** Unknown columns and missing required ones refuse the file. */
    private void check(ApplicationSchema schema) {
        List<FieldError> errors = new ArrayList<>();
        Suggestions suggestions = new Suggestions();
        for (int i = 0; i < named; i++) {
            if (kinds[i] == Kind.PROPERTY && !schema.knows(names[i])) {
                errors.add(new FieldError(
                        ColumnNames.shown(names[i]),
                        "is a column that the application has no property for" + suggestions.in(schema, names[i])));
            }
        }
        for (String required : schema.required()) {
            if (!has(required)) {
                errors.add(
                        new FieldError(required, "is required by the application, and the file has no column for it"));
            }
        }
        refuse(errors);
    }

    /** What must be there where the schema can't be read. */
    private void checkWithoutSchema() {
        if (!has(USER_NAME)) {
            refuse(List.of(new FieldError(
                    USER_NAME,
                    "is missing: the file has no column for it (User Name), and the application's schema can't be read to"
                            + " see whether it needs one")));
        }
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Problem.invalidRequest(errors).exception();
        }
    }

    @Override
    public void record(Row row, RecordSink records) throws IOException {
        if (records.onlyCounts()) {
            records.count();
            return;
        }
        int cells = row.cells();
        records.begin(row.line());
        if (guarded) {
            row.takeOffGuards();
        }
        faults(row, records);
        boolean hasId = externalId < cells && !row.isEmpty(externalId);
        if (hasId && row.damage(externalId) == Row.Damage.ROUNDED) {
            records.fault(ColumnNames.EXTERNAL_ID, ROUNDED);
            records.doubtExternalId();
        }
        if (hasId) {
            String id = row.text(externalId);
            StrayRow.of(id).ifPresent(fault -> records.fault(Optional.empty(), fault));
            records.externalId(id);
        } else {
            records.noExternalId();
        }
        if (records.takesProfiles()) {
            records.beginProfile();
            for (int i = 0; i < Math.min(cells, named); i++) {
                if (kinds[i] == Kind.PROPERTY && !row.isEmpty(i)) {
                    property(row, i, records);
                }
            }
            records.endProfile();
        }
        records.end();
    }

    private void property(Row row, int cell, RecordSink records) throws IOException {
        switch (row.damage(cell)) {
            case FORMULA ->
                records.fault(names[cell], "is an error of the spreadsheet's formula: mend the formula or its source");
            case ROUNDED -> records.fault(names[cell], ROUNDED);
            case NONE -> records.property(names[cell], row.chars(), row.offset(cell), row.length(cell));
        }
    }

    private void faults(Row row, RecordSink records) {
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
                records.fault("has something in column " + (i + 1) + ", which has no name in the header row");
                records.doubtExternalId();
                break;
            }
        }
        // The rows that were swallowed have no column for reasons.
        int separators = names.length - (guarded ? 2 : 1);
        if (separator.isPresent() && separators > 0) {
            Optional<Integer> swallowing = row.swallowed(separator.get(), separators);
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
}
