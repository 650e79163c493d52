package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.MappedRows;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A table whose rows become records by a mapping. Columns that it doesn't name don't matter, whatever they are called. */
final class MappedTable implements RowRecords {

    private static final Fault FORMULA = Fault.of(
            "has an error of the spreadsheet's formula in a column that the mapping names: mend the formula or its source");

    private static final Fault ROUNDED = Fault.of("has a number of more than " + NumberFormats.DIGITS
            + " digits in a column that the mapping names, which the spreadsheet has rounded: format the column as text and"
            + " enter it again");

    private static final Fault SWALLOWED =
            Fault.of("has a cell with line breaks and as many separators as a row: a stray quote"
                    + " has swallowed the rows below; take the quote away");

    private final Mapping mapping;
    private final List<String> header;
    /** Places of the columns that the mapping reads, and their names. */
    private final int[] read;

    private final List<String> readNames;
    /** A row's cells; those that the mapping doesn't read are empty. */
    private final String[] texts;

    private final FieldCount fields;
    private final boolean guarded;
    private final Optional<Character> separator;
    private Optional<MappedRows> rows = Optional.empty();

    /**
     * @param header the header row's cells
     * @param separator the character that parts cells; empty in a spreadsheet
     */
    MappedTable(Mapping mapping, List<String> header, Optional<Character> separator) {
        this.mapping = mapping;
        this.header = header;
        this.separator = separator;
        this.guarded = header.stream().anyMatch(ColumnNames::isReason);
        this.read = IntStream.range(0, header.size())
                .filter(i -> mapping.reads(header.get(i)))
                .toArray();
        this.readNames = Arrays.stream(read).mapToObj(header::get).toList();
        this.texts = new String[header.size()];
        Arrays.fill(texts, "");
        this.fields = new FieldCount(header, separator.isPresent());
    }

    @Override
    public void check(SchemaKnowledge schema) {
        MappingCheck.check(mapping, schema);
    }

    @Override
    public void refuseBy(Row firstRow) {
        // A column without a name is one that the mapping doesn't name.
    }

    @Override
    public void startOn(RecordSink records) {
        rows = Optional.of(new MappedRows(mapping, header, records));
    }

    @Override
    public void record(Row row, RecordSink records) throws IOException {
        List<String> readTexts = new ArrayList<>(read.length);
        List<Fault> faults = new ArrayList<>();
        boolean doubtful = false;
        if (guarded) {
            row.takeOffGuards();
        }
        for (int i : read) {
            texts[i] = i < row.cells() ? row.text(i) : "";
            readTexts.add(texts[i]);
            if (i < row.cells() && row.damage(i) != Row.Damage.NONE) {
                faults.add(row.damage(i) == Row.Damage.FORMULA ? FORMULA : ROUNDED);
                doubtful |= mapping.identifiesBy(header.get(i));
            }
        }
        Optional<Fault> count = fields.fault(row);
        count.ifPresent(faults::add);
        doubtful |= count.isPresent();
        StrayRow.of(readNames, readTexts).ifPresent(faults::add);
        // The rows that were swallowed have no column for reasons.
        int separators = header.size() - (guarded ? 2 : 1);
        if (separator.isPresent()
                && separators > 0
                && row.swallowed(separator.get(), separators).isPresent()) {
            faults.add(SWALLOWED);
            doubtful = true;
        }
        rows.orElseThrow().row(row.line(), Arrays.asList(texts), faults, doubtful);
    }

    @Override
    public List<String> ignored() {
        return rows.map(MappedRows::ignoredColumns).orElse(List.of()).stream()
                .map(ColumnNames::shown)
                .toList();
    }
}
