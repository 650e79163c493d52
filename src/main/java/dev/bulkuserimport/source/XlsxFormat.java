package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.FileLayout;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** An Excel workbook (ECMA-376) with a row for each user in one of its sheets. */
final class XlsxFormat extends TableFormat {

    @Override
    public String name() {
        return "xlsx";
    }

    @Override
    public List<String> endings() {
        return List.of(".xlsx");
    }

    @Override
    public boolean takesGzip() {
        return false;
    }

    @Override
    public Optional<String> otherThing(byte[] first, int length, FileContent file) {
        return length == 0 ? Optional.empty() : MisnamedFile.insteadOfSpreadsheet(first, length);
    }

    @Override
    TableSource.OpenTable open(FileContent file, Predicate<String> wanted, boolean trims) throws IOException {
        FileStart start = file.filledStart();
        FileLayout layout = file.layout();
        return new TableSource.OpenTable(
                XlsxTable.open(start.content(), layout.sheet(), layout.skipLines(), trims, file.most()),
                Optional.empty());
    }
}
