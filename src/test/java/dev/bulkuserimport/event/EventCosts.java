package dev.bulkuserimport.event;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.config.GivenSettings;
import dev.bulkuserimport.cost.Input;
import dev.bulkuserimport.cost.Input.Sized;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What of an event can be made long. */
public final class EventCosts implements Supplier<List<Input>> {

    private static final String CONTEXT =
            "'requestContext':{'stage':'s','http':{'method':'GET','path':'/applications'}}";

    private static final OfferedActions EVERYTHING =
            new OfferedActions(GivenSettings.with("IMPORT_DECISION_DAYS", "1"));

    private final List<Input> inputs = new ArrayList<>();

    @Override
    public List<Input> get() {
        request("headers", 8_000, n -> "'headers':{" + times(n, "'h%':'v',") + "'x':'y'}");
        request("values of a header", 1_000, n -> "'multiValueHeaders':{'x':[" + times(n, "'v%',") + "'y']}");
        request("characters of a header", 10_000, n -> "'headers':{'x-import-signature':'v2=" + "00".repeat(n) + "'}");
        request("query", 8_000, n -> "'rawPath':'/','rawQueryString':'" + times(n, "a%=%25&") + "'");
        request(
                "query of format 1.0",
                8_000,
                n -> "'path':'/','queryStringParameters':{" + times(n, "'a%':'b c',") + "'x':'y'}");
        request("segments of a path", 1_000, n -> "'rawPath':'" + "/a".repeat(n) + "'");
        request("unknown members", 8_000, n -> times(n, "'m%':{'n':[]},") + "'rawPath':'/'");
        request(
                "members of the context",
                8_000,
                n -> "'requestContext':{" + times(n, "'m%':'v',") + "'http':{'method':'GET'}}");
        request("escapes of a body", 5_000, n -> "'body':'" + "\\u0041".repeat(n) + "'");
        event(
                "SQS: messages",
                500,
                n -> "{'Records':[" + times(n, "{'messageId':'%','eventSource':'aws:sqs','body':'{}'},")
                        + "{'messageId':'x','eventSource':'aws:sqs','body':'{}'}]}");
        event(
                "S3: records",
                500,
                n -> "{'Records':["
                        + times(
                                n,
                                "{'eventSource':'aws:s3','eventName':'ObjectCreated:Put',"
                                        + "'s3':{'bucket':{'name':'b'},'object':{'key':'k%'}}},")
                        + "{'eventSource':'aws:s3'}]}");
        event("payload: top-level members", 8_000, n -> "{" + times(n, "'m%':1,") + "'users':[]}");
        event("payload: depth", 1_000, n -> "{'m':" + "[".repeat(n) + "]".repeat(n) + ",'users':[]}");
        return inputs;
    }

    private static String times(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(i -> format.replace("%", String.valueOf(i)))
                .collect(Collectors.joining());
    }

    private void request(String name, int smallest, IntFunction<String> part) {
        event("HTTP: " + name, smallest, n -> "{" + CONTEXT + "," + part.apply(n) + "}");
    }

    /** It is read, and an HTTP request is routed and its signature checked as well. */
    private void event(String name, int smallest, IntFunction<String> json) {
        inputs.add(new Input(name, smallest, n -> {
            byte[] bytes = json.apply(n).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            return new Sized(bytes.length, () -> {
                Event event = EventReader.read(ByteChunks.of(bytes));
                return event instanceof Event.Http http
                                && HttpRoute.of(http.request(), EVERYTHING).isImport()
                        || event instanceof Event.Http signed
                                && Signature.of(signed.request(), Instant.EPOCH, false)
                                        .isBy("key");
            });
        }));
    }
}
