package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.RecordSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** One JSON object per line, each a user. */
final class LinesFormat implements Format {

    @Override
    public String name() {
        return "ndjson";
    }

    @Override
    public List<String> endings() {
        return List.of(".ndjson", ".jsonl");
    }

    @Override
    public Optional<String> otherThing(byte[] first, int length, FileContent file) {
        return MisnamedFile.insteadOfJson(first, length, file);
    }

    @Override
    public RecordSource records(FileContent file) {
        return new LinesSource(file.options(), file.mapping(), file::json);
    }

    @Override
    public FileScan scan(FileContent file) throws IOException {
        try (JsonParser json = file.json(JsonInput.FACTORY)) {
            return new ObjectScan(json).scan(true);
        }
    }

    @Override
    public RejectedForm rejectedForm() {
        return RejectedForm.NDJSON;
    }

    @Override
    public RejectedRows.Written writeRejected(FileContent file, List<RecordError> errors, OutputStream out)
            throws IOException {
        try (JsonParser json = file.json(JsonInput.FACTORY)) {
            return new RejectedObjects(json, out).writeLines(errors);
        }
    }
}
