package dev.bulkuserimport.source;

import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.RecordSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A format with a header row and one row per user. Rejected rows are returned as CSV. */
abstract class TableFormat implements Format {

    /**
     * Opens the table.
     *
     * @param wanted whether a column identifies people
     * @param trims whether white space and invisible characters at the edges of cells are removed
     */
    abstract TableSource.OpenTable open(FileContent file, Predicate<String> wanted, boolean trims) throws IOException;

    @Override
    public final RecordSource records(FileContent file) {
        return new TableSource(file.options(), file.mapping(), (wanted, trims) -> open(file, wanted, trims));
    }

    @Override
    public final FileScan scan(FileContent file) throws IOException {
        return TableScan.of(() -> open(file, TableScan.wanted(), true));
    }

    @Override
    public final RejectedForm rejectedForm() {
        return RejectedForm.CSV;
    }

    @Override
    public final RejectedRows.Written writeRejected(FileContent file, List<RecordError> errors, OutputStream out)
            throws IOException {
        try (Table rows = open(file, TableSource.wanted(file.mapping()), false).rows()) {
            Optional<Character> named = file.layout().separator();
            char separator = rows.separator().or(() -> named).orElse(',');
            RejectedRows.Opening opening = new RejectedRows.Opening(
                    file.layout().skipLines(), separator, CsvOpening.mustBeTold(separator, named));
            return RejectedRows.write(
                    rows, opening, file.mapping().isPresent(), RejectedRows.reasons(errors, true), out);
        }
    }
}
