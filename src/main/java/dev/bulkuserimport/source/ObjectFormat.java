package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.plan.RecordError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** A format whose records are JSON objects. */
abstract class ObjectFormat implements Format {

    /** Whether each line is a record; otherwise they are in a list. */
    abstract boolean areLines();

    @Override
    public final Optional<String> otherThing(byte[] first, int length, FileContent file) {
        return MisnamedFile.insteadOfJson(first, length, file);
    }

    @Override
    public final FileScan scan(FileContent file) throws IOException {
        try (JsonParser json = file.json(JsonInput.FACTORY)) {
            return new ObjectScan(json, file.layout().list()).scan(areLines());
        }
    }

    @Override
    public final RejectedForm rejectedForm() {
        return RejectedForm.NDJSON;
    }

    @Override
    public final RejectedRows.Written writeRejected(FileContent file, List<RecordError> errors, OutputStream out)
            throws IOException {
        try (JsonParser json = file.json(JsonInput.FACTORY)) {
            RejectedObjects rejected = new RejectedObjects(json, out);
            return areLines()
                    ? rejected.writeLines(errors)
                    : rejected.writeList(
                            errors, new UsersPath(file.layout().list().orElse(PayloadReader.USERS)));
        }
    }
}
