package dev.bulkuserimport.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.source.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The member {@code idempotencyKey} of an import's payload: the equivalent of the header for callers who can't set one. */
final class PayloadKey {

    static final String FIELD = "idempotencyKey";

    private static final byte[] NAME = ("\"" + FIELD + "\"").getBytes(StandardCharsets.US_ASCII);

    private PayloadKey() {}

    /**
     * Whether the name may occur anywhere, which is quick to check: most payloads have no key, and then nothing is parsed twice. A
     * backslash may escape a letter of it, and a NUL is half a letter in UTF-16; then only parsing can tell.
     */
    static boolean mayBeIn(InputStream payload) throws IOException {
        byte[] buffer = new byte[8192];
        int matched = 0;
        for (int read = payload.read(buffer); read >= 0; read = payload.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\\' || buffer[i] == 0) {
                    return true;
                }
                if (buffer[i] == NAME[matched]) {
                    if (++matched == NAME.length) {
                        return true;
                    }
                } else {
                    matched = buffer[i] == NAME[0] ? 1 : 0;
                }
            }
        }
        return false;
    }

    /**
     * The key; empty if there is none, or if the payload can't be read: the import reports what is wrong with it.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} when it isn't a string, {@code malformed-payload} when
     *     it appears twice, as with the import's own fields
     */
    static Optional<String> of(InputStream payload) {
        Optional<String> key = Optional.empty();
        boolean seen = false;
        try (JsonParser json = JsonInput.FACTORY.createParser(payload)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = json.currentName().equals(FIELD);
                JsonToken value = json.nextToken();
                Malformed.refuseTwice(named && seen, FIELD, json);
                seen |= named;
                if (!named) {
                    json.skipChildren();
                } else if (value == JsonToken.VALUE_STRING) {
                    key = Optional.of(json.getText());
                } else if (value != JsonToken.VALUE_NULL) {
                    throw Arguments.invalid(FIELD, "must be text");
                }
            }
            return key;
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
