package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.FileLayout;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Text with one line per row (RFC 4180), with cells separated by a character. */
final class CsvFormat extends TableFormat {

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public List<String> endings() {
        return List.of(".csv", ".tsv");
    }

    @Override
    public boolean areLines() {
        return true;
    }

    @Override
    public Optional<String> otherThing(byte[] first, int length, FileContent file) {
        return MisnamedFile.insteadOfText(first, length, file, file.layout().skipLines())
                .or(() -> MisnamedFile.json(first, length));
    }

    @Override
    TableSource.OpenTable open(FileContent file, Predicate<String> wanted, boolean trims) throws IOException {
        FileStart start = file.start();
        TextEncoding encoding = file.encoding(start);
        FileText text = new FileText(start.contentAfter(encoding.markLength()), encoding);
        FileLayout layout = file.layout();
        return new TableSource.OpenTable(
                new CsvOpening(text, wanted).open(layout.skipLines(), layout.separator(), trims),
                Optional.of(encoding.charset().name()));
    }
}
