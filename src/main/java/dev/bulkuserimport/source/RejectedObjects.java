package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.mapping.MappedObjects;
import dev.bulkuserimport.plan.RecordError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the rejected users of a JSON file unchanged, one per line, each with a member for the reasons. */
final class RejectedObjects {

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator("\n").build();

    private final JsonParser json;
    private final RejectedRows.CountedStream out;
    private final boolean marked;
    private int records;
    private int leftOut;

    /**
     * @param json the file
     * @param marked whether a byte order mark is written. The file is UTF-8, which without one would be read in the encoding that a mapping
     *     names.
     */
    RejectedObjects(JsonParser json, OutputStream out, boolean marked) {
        this.json = json;
        this.marked = marked;
        this.out = new RejectedRows.CountedStream(out);
    }

    /**
     * Reasons are assigned by a user's index, because two on the same line would get each other's.
     *
     * @param list where the users are in a document; empty for a file with one user per line
     */
    RejectedRows.Written write(List<RecordError> errors, Optional<UsersPath> list) throws IOException {
        Map<Long, String> reasons = RejectedRows.reasons(errors, false);
        long index = 0;
        if (marked) {
            out.write(RejectedRows.MARK.getBytes(StandardCharsets.UTF_8));
        }
        try (JsonGenerator copy = copy()) {
            if (list.isEmpty() || list.get().find(json)) {
                while (next() && !reasons.isEmpty()) {
                    user(Optional.ofNullable(reasons.remove(index++)), copy);
                }
            }
        }
        return new RejectedRows.Written(records, leftOut + reasons.size());
    }

    /** Lines end with the file, a list with a token. */
    private boolean next() throws IOException {
        json.nextToken();
        return json.hasCurrentToken() && !json.hasToken(JsonToken.END_ARRAY);
    }

    private JsonGenerator copy() throws IOException {
        return JSON.createGenerator(out, JsonEncoding.UTF8).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    private void user(Optional<String> reason, JsonGenerator copy) throws IOException {
        if (reason.isEmpty()) {
            json.skipChildren();
            return;
        }
        copy.flush();
        if (out.written() > RejectedRows.MOST_BYTES) {
            leftOut++;
            json.skipChildren();
            return;
        }
        records++;
        copy.writeStartObject();
        copy.writeStringField(ColumnNames.REASON, reason.get());
        if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                if (ColumnNames.isReason(json.currentName())) {
                    json.nextToken();
                    json.skipChildren();
                } else {
                    copy.writeFieldName(json.currentName());
                    json.nextToken();
                    value(copy);
                }
            }
        } else {
            copy.writeFieldName(MappedObjects.RECORD_MEMBER);
            value(copy);
        }
        copy.writeEndObject();
    }

    /** Copies a value; numbers digit for digit. */
    private void value(JsonGenerator copy) throws IOException {
        int depth = 0;
        do {
            JsonToken token = json.currentToken();
            if (token.isNumeric()) {
                copy.writeNumber(json.getText());
            } else {
                copy.copyCurrentEvent(json);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && json.nextToken() != null);
    }
}
