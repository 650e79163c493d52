package dev.bulkuserimport.okta;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bulkuserimport.base.JsonInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Parses Okta's answers as JSON. Never throws, whatever the bytes are. */
public final class OktaJson {

    private static final JsonFactory FACTORY = JsonInput.FACTORY.copy();
    private static final ObjectReader TREES = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private OktaJson() {}

    /** The document; empty for anything that is not JSON in UTF-8 (RFC 8259, section 8.1). */
    public static Optional<JsonNode> tree(byte[] body) {
        if (isBlank(body)) {
            return Optional.empty();
        }
        // Parsed as text: from bytes, Jackson would guess UTF-32 or UTF-16, and fail in its decoder with errors that
        // aren't parse errors.
        try {
            JsonNode tree = TREES.readValue(text(body));
            return Optional.ofNullable(tree).filter(node -> !node.isMissingNode());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** An object; empty for anything else. */
    public static Optional<JsonNode> object(byte[] body) {
        return tree(body).filter(JsonNode::isObject);
    }

    static boolean isBlank(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    static boolean isJson(byte[] body) {
        return tree(body).isPresent();
    }

    /** A streaming parser for a body that may be large. */
    static JsonParser parser(byte[] body) throws IOException {
        return FACTORY.createParser(text(body));
    }

    private static String text(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }
}
