package dev.bulkuserimport.plan;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.bulkuserimport.base.ByteChunks;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes records directly into the bytes to be sent, and removes those that won't be sent. */
final class RecordWriter {

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator(",").build();
    private static final SerializedString EXTERNAL_ID = new SerializedString("externalId");
    private static final SerializedString PROFILE = new SerializedString("profile");

    /** The bytes of the colon before a value, and of its quotes. */
    private static final int VALUE_BYTES = 3;

    private ByteChunks bytes = new ByteChunks();
    private final JsonGenerator out = generator(new Present());
    private int mark;
    private int start;

    private static JsonGenerator generator(OutputStream target) {
        try {
            return JSON.createGenerator(target, JsonEncoding.UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void begin() throws IOException {
        mark = position();
        out.writeStartObject();
        start = position() - 1;
    }

    void externalId(char[] text, int length) throws IOException {
        out.writeFieldName(EXTERNAL_ID);
        out.writeString(text, 0, length);
    }

    void beginProfile() throws IOException {
        out.writeFieldName(PROFILE);
        out.writeStartObject();
    }

    /**
     * Writes a property.
     *
     * @return whether each character became one byte, in which case none is NUL, half of a surrogate pair or U+FFFD, and none needs to be
     *     checked; a text with half of a pair is not written completely, and its record has to be removed
     */
    boolean property(SerializedString name, char[] text, int offset, int length) throws IOException {
        out.writeFieldName(name);
        int before = position();
        try {
            out.writeString(text, offset, length);
        } catch (JsonGenerationException e) {
            // Half of a surrogate pair: the check of the characters reports it.
            return false;
        }
        return position() - before == length + VALUE_BYTES;
    }

    /** Writes a group to create or update. */
    void group(String id, Map<String, Optional<String>> profile) throws IOException {
        begin();
        out.writeStringField("externalId", id);
        out.writeObjectFieldStart("profile");
        for (Map.Entry<String, Optional<String>> property : profile.entrySet()) {
            out.writeFieldName(property.getKey());
            if (property.getValue().isPresent()) {
                out.writeString(property.getValue().get());
            } else {
                out.writeNull();
            }
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    /**
     * Writes a group and some of its members.
     *
     * @param members their IDs; empty ones are left out
     * @return the number of members written
     */
    int membership(String group, List<String> members) throws IOException {
        begin();
        out.writeStringField("groupExternalId", group);
        out.writeArrayFieldStart("memberExternalIds");
        int written = 0;
        for (String member : members) {
            if (!member.isEmpty()) {
                out.writeString(member);
                written++;
            }
        }
        out.writeEndArray();
        out.writeEndObject();
        return written;
    }

    /** Writes an external ID as an item. */
    void id(String id) throws IOException {
        mark = position();
        out.writeString(id);
        start = position() - VALUE_BYTES + 1 - JsonStringEncoder.getInstance().quoteAsUTF8(id).length;
    }

    void nullProperty(SerializedString name) throws IOException {
        out.writeFieldName(name);
        out.writeNull();
    }

    void endProfile() throws IOException {
        out.writeEndObject();
    }

    void end() throws IOException {
        out.writeEndObject();
    }

    /** The start of the record. */
    int start() {
        return start;
    }

    /** The number of the record's bytes so far. */
    int length() {
        return position() - start;
    }

    /** A hash of the record's content, independent of the order of its properties. */
    long content(Hasher64 hasher) throws IOException {
        out.flush();
        long content = 0;
        String name = "";
        try (JsonParser record = JSON.createParser(bytes.stream(start, bytes.size() - start))) {
            for (JsonToken token = record.nextToken(); token != null; token = record.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    name = record.currentName();
                } else if (token.isScalarValue()) {
                    content += hasher.hashCharsToLong(token.id() + name + '\0' + record.getText());
                }
            }
        }
        return content;
    }

    /** Discards the record. */
    void takeBack() throws IOException {
        out.flush();
        bytes.truncate(mark);
    }

    /** Discards everything. */
    void clear() throws IOException {
        out.flush();
        bytes.truncate(0);
        mark = 0;
        start = 0;
    }

    /** Everything written, with buffers flushed. */
    ByteChunks bytes() throws IOException {
        out.flush();
        return bytes;
    }

    /** Removes the last record, so that everything before it can be passed on. */
    byte[] cutLast() throws IOException {
        out.flush();
        byte[] last;
        try (var record = bytes.stream(start, bytes.size() - start)) {
            last = record.readAllBytes();
        }
        bytes.truncate(mark);
        return last;
    }

    /** Starts again, in other bytes, with a record that has already been written. */
    void restart(byte[] record) throws IOException {
        bytes = new ByteChunks();
        bytes.write(record);
        mark = 0;
        start = 0;
    }

    private int position() {
        return bytes.size() + out.getOutputBuffered();
    }

    /** The current session's bytes: one generator writes all sessions and puts commas between all records. */
    private final class Present extends OutputStream {

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] text, int offset, int length) {
            bytes.write(text, offset, length);
        }
    }
}
