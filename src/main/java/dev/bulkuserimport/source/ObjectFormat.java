package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.RecordSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * A format whose records are JSON objects.
 *
 * @param areLines whether each line is a record; otherwise they are in a list of one document: a payload, or an array of users
 */
record ObjectFormat(String name, List<String> endings, boolean areLines) implements Format {

    @Override
    public boolean areObjects() {
        return true;
    }

    @Override
    public Optional<String> otherThing(byte[] first, int length, FileContent file) {
        return MisnamedFile.insteadOfJson(first, length, file);
    }

    @Override
    public RecordSource records(FileContent file) {
        return areLines
                ? new LinesSource(file.options(), file.mapping(), file::json)
                : new PayloadReader(file::json, file.defaults());
    }

    @Override
    public FileScan scan(FileContent file) throws IOException {
        try (JsonParser json = file.json(JsonInput.FACTORY)) {
            return new ObjectScan(json, file.layout().list()).scan(areLines);
        }
    }

    @Override
    public RejectedForm rejectedForm() {
        return RejectedForm.NDJSON;
    }

    @Override
    public RejectedRows.Written writeRejected(FileContent file, List<RecordError> errors, OutputStream out)
            throws IOException {
        Optional<UsersPath> list = areLines
                ? Optional.empty()
                : Optional.of(new UsersPath(PayloadReader.usersField(file::json, file.defaults())));
        try (JsonParser json = file.json(JsonInput.FACTORY)) {
            boolean marked = file.layout().encoding().isPresent();
            return new RejectedObjects(json, out, marked).write(errors, list);
        }
    }
}
