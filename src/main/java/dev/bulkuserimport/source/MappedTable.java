package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.DamagedCell;
import dev.bulkuserimport.mapping.MappedRows;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.source.Row.Damage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A table whose rows become records by a mapping. Columns that the mapping doesn't name are ignored, whatever their names. */
final class MappedTable implements RowRecords {

    private static final Fault SWALLOWED = Fault.of("has a cell with " + SwallowedRows.EXPLANATION);

    private final Mapping mapping;
    private final List<String> header;
    /** Indexes of the columns that the mapping reads, and their names. */
    private final int[] read;

    /** A row's cells; cells that the mapping doesn't read are empty. */
    private final String[] texts;

    private final FieldCount fields;
    private final StrayRow stray;
    private final RememberedDamage damage;
    private final SwallowedRows swallowed;
    private final boolean guarded;
    private final int reason;
    private final Optional<Character> separator;
    private Optional<MappedRows> rows = Optional.empty();
    /** Indexes of the columns whose damage matters. */
    private int[] needed = {};

    /**
     * @param header the header row's cells
     * @param separator the character that separates cells; empty for a spreadsheet
     */
    MappedTable(Mapping mapping, List<String> header, Optional<Character> separator) {
        this.mapping = mapping;
        this.header = header;
        this.separator = separator;
        this.reason = header.indexOf(ColumnNames.REASON);
        this.guarded = reason >= 0;
        this.swallowed = new SwallowedRows(separator, header.size(), guarded);
        this.read = IntStream.range(0, header.size())
                .filter(i -> mapping.reads(header.get(i)))
                .toArray();
        this.texts = new String[header.size()];
        Arrays.fill(texts, "");
        this.fields = new FieldCount(header, separator.isPresent());
        this.damage = RememberedDamage.ofColumns(header);
        this.stray = new StrayRow(
                header,
                IntStream.of(read)
                        .filter(i -> mapping.identifiesBy(header.get(i)))
                        .toArray());
    }

    @Override
    public void check(SchemaKnowledge schema) {
        SchemaCheck.MAPPING.check(mapping.properties(), schema);
    }

    @Override
    public void refuseBy(Row firstRow) {
        // The mapping can't name a column without a name.
    }

    @Override
    public void startOn(RecordSink records) {
        rows = Optional.of(new MappedRows(mapping, header, records));
        needed = IntStream.of(read)
                .filter(i -> mapping.needs(header.get(i), records.takesProfiles()))
                .toArray();
    }

    @Override
    public void record(Row row, RecordSink records) throws IOException {
        List<Fault> faults = new ArrayList<>();
        boolean doubtful = false;
        Optional<String> rejectedBefore = Optional.empty();
        if (guarded) {
            row.takeOffGuards();
            rejectedBefore = damage.restore(row);
            texts[reason] = rejectedBefore.orElse("");
        }
        for (int i : read) {
            texts[i] = i < row.cells() ? row.text(i) : "";
        }
        List<DamagedCell> damaged = new ArrayList<>();
        for (int i : needed) {
            if (i < row.cells() && row.damage(i) != Damage.NONE) {
                damaged(i, row.damage(i), records.takesProfiles()).ifPresent(damaged::add);
            }
        }
        doubtful |= damaged.stream().anyMatch(DamagedCell::identifies);
        // There may be notes next to a sheet's table; in a text file, the cells of such a row have shifted.
        Optional<Fault> count = separator.isPresent() ? fields.fault(row) : Optional.empty();
        count.ifPresent(faults::add);
        doubtful |= count.isPresent();
        stray.fault(row).ifPresent(faults::add);
        if (swallowed.in(row, rejectedBefore).isPresent()) {
            faults.add(SWALLOWED);
            doubtful = true;
        }
        rows.orElseThrow()
                .row(
                        row.line(),
                        Arrays.asList(texts),
                        cell -> cell < row.cells() && row.damage(cell) == Damage.DATE,
                        faults,
                        damaged,
                        doubtful);
    }

    /** The damage of a cell, unless it can be used all the same. */
    private Optional<DamagedCell> damaged(int cell, Damage damage, boolean profiles) {
        String name = header.get(cell);
        boolean identifies = mapping.identifiesBy(name);
        boolean isIdentity = identifies || profiles && (mapping.makesLoginOf(name) || mapping.makesGroupIdOf(name));
        return damage.spoils() || damage.spoilsIdentity() && isIdentity
                ? Optional.of(new DamagedCell(
                        cell,
                        identifies,
                        damage.spoils(),
                        Fault.of(RememberedDamage.inColumn(name) + damage.message())))
                : Optional.empty();
    }

    @Override
    public List<String> ignored() {
        return rows.map(MappedRows::ignoredColumns).orElse(List.of()).stream()
                .map(ColumnNames::shown)
                .toList();
    }
}
