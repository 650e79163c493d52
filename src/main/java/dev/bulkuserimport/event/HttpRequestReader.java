package dev.bulkuserimport.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.PercentEncoding;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Reads an HTTP request from API Gateway's payload formats 1.0 and 2.0; a Function URL uses the latter. */
final class HttpRequestReader {

    /**
     * Where AWS says who the caller is, whom a JWT authorizer, IAM or an authorizer of one's own has admitted. Sources: "Create an AWS Lambda
     * proxy integration" and "API Gateway mapping template and access logging variable reference" in the API Gateway developer guides.
     */
    private static final List<String> PRINCIPALS = List.of(
            "authorizer.jwt.claims.sub",
            "authorizer.iam.userArn",
            "authorizer.claims.sub",
            "authorizer.principalId",
            "identity.userArn");

    private final TopLevel top;
    private final Map<String, String> context = new HashMap<>();

    private HttpRequestReader(TopLevel top) {
        this.top = top;
    }

    /** Empty if the event isn't an HTTP request. */
    static Optional<HttpRequest> read(TopLevel top, ByteChunks event) {
        if (!top.has("requestContext") && !top.has("httpMethod")) {
            return Optional.empty();
        }
        return new HttpRequestReader(top).read(event);
    }

    private Optional<HttpRequest> read(ByteChunks event) {
        readContext();
        Optional<String> method =
                Optional.ofNullable(context.get("http.method")).or(() -> top.text("httpMethod"));
        if (method.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> query = new LinkedHashMap<>();
        HttpPath path =
                top.has("rawPath") || context.containsKey("http.method") ? pathOfFormat2(query) : pathOfFormat1(query);
        Map<String, String> headers = headers();
        Optional<EmbeddedBody> body = top.isText("body")
                ? EmbeddedBody.resolve(event, top.start("body"), top.isTrue("isBase64Encoded"))
                : Optional.empty();
        boolean gateway = Optional.ofNullable(context.get("domainName"))
                .filter(HttpPath::isFunctionUrl)
                .isEmpty();
        return Optional.of(new HttpRequest(
                method.get().toUpperCase(Locale.ROOT), path, headers, query, body, principal(), gateway));
    }

    /** Format 2.0 contains the path including the stage, and the query as it was sent. */
    private HttpPath pathOfFormat2(Map<String, String> query) {
        String path = top.text("rawPath")
                .or(() -> Optional.ofNullable(context.get("http.path")))
                .orElse("/");
        Optional<String> raw = top.text("rawQueryString").filter(text -> !text.isEmpty());
        raw.ifPresentOrElse(text -> parseQuery(text, query), () -> texts("queryStringParameters", query, false));
        Optional<String> resource = top.text("routeKey")
                .filter(key -> key.indexOf(' ') > 0)
                .map(key -> key.substring(key.indexOf(' ') + 1));
        return new HttpPath(
                HttpPath.readings(path, stage(), resource, pathParameter(), true, hasBasePaths()),
                List.of(path + raw.map(text -> "?" + text).orElse("")));
    }

    /** Format 1.0 contains the path without the stage but with a base path, also the path as it was sent, and a decoded query. */
    private HttpPath pathOfFormat1(Map<String, String> query) {
        Optional<String> whole = Optional.ofNullable(context.get("path"));
        String path = top.text("path").or(() -> whole).orElse("/");
        texts("queryStringParameters", query, false);
        String asSent = whole.filter(text -> text.endsWith(path)).orElse(path);
        List<String> sent = new ArrayList<>();
        for (String text : queriesOfFormat1(query)) {
            sent.add(text.isEmpty() ? asSent : asSent + "?" + text);
        }
        Optional<String> resource = top.text("resource").or(() -> Optional.ofNullable(context.get("resourcePath")));
        return new HttpPath(HttpPath.readings(path, stage(), resource, pathParameter(), false, hasBasePaths()), sent);
    }

    private Optional<String> stage() {
        return Optional.ofNullable(context.get("stage"));
    }

    private boolean hasBasePaths() {
        return Optional.ofNullable(context.get("domainName"))
                .filter(HttpPath::isAwsOwn)
                .isEmpty();
    }

    private Optional<String> pathParameter() {
        Map<String, String> parameters = new HashMap<>();
        texts("pathParameters", parameters, false);
        return parameters.size() == 1 ? parameters.values().stream().findFirst() : Optional.empty();
    }

    /** The ways in which callers may have encoded what format 1.0 passes on decoded. */
    private Set<String> queriesOfFormat1(Map<String, String> query) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        eachOfMany("multiValueQueryStringParameters", (name, value) -> pairs.add(Map.entry(name, value)));
        if (pairs.isEmpty()) {
            query.forEach((name, value) -> pairs.add(Map.entry(name, value)));
        }
        Set<String> queries = new LinkedHashSet<>();
        queries.add(query(pairs, PercentEncoding::of));
        queries.add(query(pairs, text -> URLEncoder.encode(text, StandardCharsets.UTF_8)));
        queries.add(query(pairs, text -> text));
        return queries;
    }

    private static String query(List<Map.Entry<String, String>> pairs, UnaryOperator<String> encoding) {
        return pairs.stream()
                .map(pair -> encoding.apply(pair.getKey()) + "=" + encoding.apply(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        texts("headers", headers, true);
        eachOfMany("multiValueHeaders", (name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    private void readContext() {
        if (!top.isObject("requestContext")) {
            return;
        }
        try (JsonParser json = top.open("requestContext")) {
            json.nextToken();
            readContext("", json);
        } catch (IOException e) {
            // What was read so far is everything there is.
        }
    }

    /** Takes the texts of an object and of those in it, each by its path: {@code http.method}. */
    private void readContext(String path, JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = path + json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                context.put(name, json.getText());
            } else if (value == JsonToken.START_OBJECT) {
                readContext(name + ".", json);
            } else {
                json.skipChildren();
            }
        }
    }

    private Optional<String> principal() {
        return PRINCIPALS.stream()
                .flatMap(path -> Optional.ofNullable(context.get(path)).stream())
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    private void texts(String name, Map<String, String> into, boolean lowerCase) {
        if (!top.isObject(name)) {
            return;
        }
        try (JsonParser json = top.open(name)) {
            json.nextToken();
            readTexts(json, into, lowerCase);
        } catch (IOException e) {
            // What was read so far is everything there is.
        }
    }

    private static void readTexts(JsonParser json, Map<String, String> into, boolean lowerCase) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                into.put(lowerCase ? name.toLowerCase(Locale.ROOT) : name, json.getText());
            } else {
                json.skipChildren();
            }
        }
    }

    /** Receives a name and one of its values. */
    private interface Pairs {
        void take(String name, String value);
    }

    private void eachOfMany(String field, Pairs pairs) {
        if (!top.isObject(field)) {
            return;
        }
        try (JsonParser json = top.open(field)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.START_ARRAY) {
                    json.skipChildren();
                    continue;
                }
                for (JsonToken item = json.nextToken();
                        item != null && item != JsonToken.END_ARRAY;
                        item = json.nextToken()) {
                    if (item == JsonToken.VALUE_STRING) {
                        pairs.take(name, json.getText());
                    } else {
                        json.skipChildren();
                    }
                }
            }
        } catch (IOException e) {
            // What was read so far is everything there is.
        }
    }

    private static void parseQuery(String raw, Map<String, String> query) {
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
