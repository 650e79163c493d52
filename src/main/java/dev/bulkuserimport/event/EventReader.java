package dev.bulkuserimport.event;

import dev.bulkuserimport.base.ByteChunks;
import java.util.Optional;
import java.util.Set;

/**
 * Classifies events by all of their top-level fields, in any order. An {@code action} that names an operation takes precedence; then
 * {@code users} or {@code importOperation} makes it an import; then AWS's own fields decide. Anything that isn't an AWS event is an import
 * payload, valid or not.
 *
 * <p>Sources: the AWS Lambda developer guide's pages on API Gateway (payload formats 1.0 and 2.0), Function URLs, S3, SNS, SQS and
 * EventBridge.
 */
final class EventReader {

    private static final Set<String> FIELDS = Set.of(
            "action",
            "users",
            PayloadKey.FIELD,
            "mapping",
            "importOperation",
            "requestContext",
            "httpMethod",
            "rawPath",
            "path",
            "resource",
            "routeKey",
            "pathParameters",
            "rawQueryString",
            "queryStringParameters",
            "multiValueQueryStringParameters",
            "headers",
            "multiValueHeaders",
            "body",
            "isBase64Encoded",
            "Records",
            "source",
            "detail-type",
            "Event");

    private EventReader() {}

    static Event read(ByteChunks event) {
        TopLevel top = TopLevel.of(event, FIELDS);
        Optional<String> named = top.text("action");
        Optional<Action> action = named.flatMap(Action::of);
        if (action.isPresent()) {
            return new Event.DirectAction(action.get(), event);
        }
        if (top.has("users") || top.has("importOperation")) {
            // A mapping may name a list other than users.
            return new Event.DirectImport(
                    event,
                    new DirectPayload(event, top.isLast("users") && !top.has("mapping")),
                    top.has(PayloadKey.FIELD));
        }
        Optional<HttpRequest> request = HttpRequestReader.read(top, event);
        if (request.isPresent()) {
            return new Event.Http(request.get());
        }
        boolean bridged = top.text("source").filter("aws.s3"::equals).isPresent()
                && top.text("detail-type").isPresent();
        if (bridged || top.isArray("Records")) {
            return StorageEventReader.read(event);
        }
        if (top.text("Event").filter("s3:TestEvent"::equals).isPresent()) {
            return new Event.Nothing();
        }
        return named.isPresent()
                ? new Event.UnknownAction()
                : new Event.DirectImport(event, new DirectPayload(event, false), top.has(PayloadKey.FIELD));
    }
}
