package dev.bulkuserimport.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.s3.ObjectVersion;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An object version as a small JSON document, for objects that must refer to the file. */
final class SourceObject {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SourceObject() {}

    static Map<String, Object> members(ObjectVersion object) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("bucket", object.bucket());
        members.put("key", object.key());
        object.versionId().ifPresent(id -> members.put("versionId", id));
        object.eTag().ifPresent(tag -> members.put("eTag", tag));
        object.sequencer().ifPresent(text -> members.put("sequencer", text));
        return members;
    }

    /** The document's members; empty for what is no JSON. */
    static Optional<JsonNode> document(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Empty where the document names no version of an object. */
    static Optional<ObjectVersion> read(JsonNode json) {
        ObjectVersion object = new ObjectVersion(
                json.path("bucket").asText(),
                json.path("key").asText(),
                Optional.ofNullable(json.path("versionId").textValue()),
                Optional.ofNullable(json.path("eTag").textValue()),
                Optional.ofNullable(json.path("sequencer").textValue()));
        return object.bucket().isEmpty()
                        || object.key().isEmpty()
                        || object.version().isEmpty()
                ? Optional.empty()
                : Optional.of(object);
    }
}
