package dev.bulkuserimport.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.bulkuserimport.base.ByteChunks;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells events apart in one pass over their top level, without building anything of a payload. What is no event of AWS's is an import
 * payload, right or wrong.
 *
 * <p>Sources: the AWS Lambda developer guide's pages on API Gateway (payload formats 1.0 and 2.0), Function URLs, S3, SNS, SQS and
 * EventBridge.
 */
final class EventReader {

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(ImportFunction.MAX_EVENT_BYTES)
                    .maxNestingDepth(200)
                    .build())
            .build();

    private static final Set<String> TEXTS = Set.of(
            "rawPath",
            "path",
            "rawQueryString",
            "action",
            "applicationId",
            "sessionId",
            "importOperation",
            "source",
            "detail-type",
            "Event");

    private final ByteChunks event;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> query = new HashMap<>();
    private String method;
    private String contextPath;
    private String stage;
    private boolean base64;
    private int bodyAt = -1;
    private boolean users;
    private boolean records;

    private EventReader(ByteChunks event) {
        this.event = event;
    }

    static Event read(ByteChunks event) {
        EventReader reader = new EventReader(event);
        try (JsonParser json = JSON.createParser(event.stream())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new Event.DirectImport(event);
            }
            while (!reader.users && json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                reader.take(field, json);
            }
        } catch (IOException e) {
            // Whatever it is, it is no JSON: the payload's own reader says where. A cut-off HTTP event keeps its form.
            return reader.isHttp() ? reader.http() : new Event.DirectImport(event);
        }
        return reader.told();
    }

    private Event told() {
        if (isHttp()) {
            return http();
        }
        if (texts.containsKey("action")) {
            return new Event.DirectAction(texts.get("action"), texts);
        }
        if (records && !users || "aws.s3".equals(texts.get("source")) && texts.containsKey("detail-type")) {
            return StorageEventReader.read(event);
        }
        if ("s3:TestEvent".equals(texts.get("Event"))) {
            return new Event.Nothing();
        }
        return new Event.DirectImport(event);
    }

    private boolean isHttp() {
        return method != null;
    }

    private Event http() {
        boolean hasRawPath = texts.containsKey("rawPath");
        String path = hasRawPath ? texts.get("rawPath") : texts.getOrDefault("path", contextPath);
        parseQuery(texts.get("rawQueryString"));
        EmbeddedBody body = bodyAt < 0 ? null : EmbeddedBody.resolve(event, bodyAt, base64);
        return new Event.Http(new HttpRequest(
                method.toUpperCase(Locale.ROOT), path == null ? "/" : path, stage, headers, query, body));
    }

    private void take(String field, JsonParser json) throws IOException {
        JsonToken value = json.currentToken();
        switch (field) {
            case "users" -> users = value == JsonToken.START_ARRAY || value == JsonToken.VALUE_NULL;
            case "Records" -> records = value == JsonToken.START_ARRAY;
            case "body" ->
                bodyAt = value == JsonToken.VALUE_STRING
                        ? (int) json.currentTokenLocation().getByteOffset()
                        : -1;
            case "isBase64Encoded" -> base64 = value == JsonToken.VALUE_TRUE;
            case "httpMethod" -> method = value == JsonToken.VALUE_STRING ? json.getText() : null;
            case "requestContext" -> readRequestContext(json);
            case "headers" -> readTexts(json, headers, true);
            case "multiValueHeaders" -> readMultiValues(json);
            case "queryStringParameters" -> readTexts(json, query, false);
            default -> {
                // Only what is asked for later: anything else may be megabytes long.
                if (value == JsonToken.VALUE_STRING && TEXTS.contains(field)) {
                    texts.put(field, json.getText());
                }
            }
        }
        if (!users) {
            json.skipChildren();
        }
    }

    private void readRequestContext(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("stage") && value == JsonToken.VALUE_STRING) {
                stage = json.getText();
            } else if (field.equals("http") && value == JsonToken.START_OBJECT) {
                Map<String, String> http = new HashMap<>();
                readTexts(json, http, false);
                method = http.get("method");
                contextPath = http.get("path");
            } else {
                json.skipChildren();
            }
        }
    }

    private static void readTexts(JsonParser json, Map<String, String> into, boolean lowerCase) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                into.put(lowerCase ? name.toLowerCase(Locale.ROOT) : name, json.getText());
            } else {
                json.skipChildren();
            }
        }
    }

    private void readMultiValues(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName().toLowerCase(Locale.ROOT);
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    if (json.currentToken() == JsonToken.VALUE_STRING) {
                        headers.putIfAbsent(name, json.getText());
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }
    }

    private void parseQuery(String raw) {
        if (raw == null || raw.isEmpty()) {
            return;
        }
        query.clear();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            try {
                query.put(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // A broken escape: the parameter counts as absent.
            }
        }
    }
}
