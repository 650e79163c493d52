package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A file with one JSON user per line. The options of its import come from outside the file. */
final class LinesSource implements RecordSource {

    private final ImportOptions options;
    private final Optional<Mapping> mapping;
    private final Payload file;

    LinesSource(ImportOptions options, Optional<Mapping> mapping, Payload file) {
        this.options = options;
        this.mapping = mapping;
        this.file = file;
    }

    @Override
    public Preface preface() {
        return Preface.ofFile(options);
    }

    @Override
    public Reading read(RecordSink records, SchemaKnowledge schema) throws IOException {
        List<String> ignored;
        try (JsonParser json = file.open(JsonInput.FACTORY)) {
            ignored = read(json, records, schema);
        }
        return new Reading.Whole(options, FileNotes.ofObjects(schema, ignored));
    }

    private List<String> read(JsonParser json, RecordSink records, SchemaKnowledge schema) throws IOException {
        try {
            RecordObjects user = RecordObjects.of(json, records, schema, mapping, true);
            boolean none = true;
            while (json.nextToken() != null) {
                if (none && json.currentToken() == JsonToken.START_ARRAY) {
                    throw Malformed.json(
                            "The file is a JSON array, not a user a line: give it the extension .json",
                            json.currentTokenLocation());
                }
                none = false;
                user.read(json.currentTokenLocation().getLineNr());
            }
            if (none) {
                throw NoUsers.in("is empty");
            }
            return user.end();
        } catch (JsonProcessingException e) {
            throw Malformed.json(e, json);
        }
    }
}
