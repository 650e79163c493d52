package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.GivenSettings;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.s3.ObjectVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Label("An event")
class EventReaderTest {

    private static final OfferedActions EVERYTHING =
            new OfferedActions(GivenSettings.with("IMPORT_DECISION_DAYS", "1"));

    private static final String S3_RECORD =
            "{'eventSource':'aws:s3','eventName':'ObjectCreated:Put','s3':{'bucket':{'name':'b'},'object':{'key':'a+b%2Bc.csv',"
                    + "'eTag':'e','versionId':'v','sequencer':'0055'}}}";

    private static Event read(String json) {
        return EventReader.read(ByteChunks.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static String sample(String name) {
        try (InputStream in = EventReaderTest.class.getResourceAsStream("/events/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "function-url,Http",
        "http-api-v2,Http",
        "rest-api-v1,Http",
        "s3,Storage",
        "s3-eventbridge,Storage",
        "s3-sqs,Storage",
        "s3-test-event,Nothing"
    })
    @DisplayName("of AWS's is what it says")
    void samples(String name, String kind) {
        assertThat(read(sample(name)).getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'action':'listApplications'} | DirectAction",
                "{'users':[{'a':'}]'},[]],'action':'mapUsers'} | DirectAction",
                "{'httpMethod':'GET','path':'/','action':'check'} | DirectAction",
                "{'Records':[],'action':'planFile'} | DirectAction",
                "{'\\u0061ction':'check'} | DirectAction",
                "{'users':[],'action':'nonsense'} | DirectImport",
                "{'users':[],'action':7} | DirectImport",
                "{'x':{'action':'check'},'users':[]} | DirectImport",
                "{'httpMethod':'POST','path':'/','users':[]} | DirectImport",
                "{'Event':'s3:TestEvent','users':[]} | DirectImport",
                "{'source':'aws.s3','detail-type':'Object Created','importOperation':'x'} | DirectImport",
                "{'Records':[],'users':null} | DirectImport",
                "{'requestContext':{'http':{'method':'POST','path':'/'}},'users':[]} | DirectImport",
                "{'action':'nonsense'} | UnknownAction",
                "{'action':'CHECK'} | UnknownAction",
                "{'Event':'s3:TestEvent'} | Nothing",
                "{'Event':'other'} | DirectImport",
                "{'Records':[{'eventSource':'aws:dynamodb'}]} | Unread",
                "{'Records':[{'eventSource':'aws:s3','eventName':'ObjectCreated:Put'}]} | Unread",
                "{'Records':[{'eventSource':'aws:s3','eventName':'ObjectRemoved:Delete'}]} | Storage",
                "{'source':'aws.s3','detail-type':'AWS API Call via CloudTrail','detail':{}} | Unread",
                "{'source':'aws.s3','detail-type':'Object Deleted','detail':{}} | Storage",
                "{} | DirectImport",
                "[] | DirectImport",
                "[{'action':'check'}] | DirectImport",
                "'action' | DirectImport",
                "{'action':'check' | DirectAction",
                "{'users':[ | DirectImport",
                "{'httpMethod':'POST','body':'{ | Http",
                "{'httpMethod':5} | DirectImport",
                "{{ | DirectImport"
            })
    @DisplayName("is told apart by all of its top level, in any order")
    void topLevel(String json, String kind) {
        assertThat(read(json).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    @DisplayName("has its action found behind six megabytes of users")
    void actionBehindUsers() {
        String user = "{\"Employee ID\":\"E-1\",\"Name\":\"\\\"]}\\\\\"}";
        String json =
                "{\"users\":[" + (user + ",").repeat(6_000_000 / user.length()) + user + "],\"action\":\"mapUsers\"}";
        assertThat(EventReader.read(ByteChunks.of(json.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(Event.DirectAction.class, found -> assertThat(found.action())
                        .isEqualTo(Action.MAP_USERS));
    }

    @Test
    @DisplayName("with a byte order mark is the same")
    void mark() {
        assertThat(read("\uFEFF{'action':'check'}")).isInstanceOf(Event.DirectAction.class);
    }

    @Test
    @DisplayName("of S3 names each object version with its sequencer, from S3 and from EventBridge")
    void versions() {
        assertThat(((Event.Storage) read("{'Records':[" + S3_RECORD + "]}"))
                        .messages()
                        .get(0)
                        .objects())
                .containsExactly(
                        new ObjectVersion("b", "a b+c.csv", Optional.of("v"), Optional.of("e"), Optional.of("0055")));
        assertThat(((Event.Storage) read(sample("s3-eventbridge")))
                        .messages()
                        .get(0)
                        .objects())
                .containsExactly(new ObjectVersion(
                        "hr-imports",
                        "imports/people.csv",
                        Optional.empty(),
                        Optional.of("d41d8cd98f00b204e9800998ecf8427e"),
                        Optional.of("0055AED6DCD90281E5")));
    }

    @Test
    @DisplayName("from a queue has messages that can be read, and others")
    void queued() {
        String s3 = ("{'Records':[" + S3_RECORD + "]}").replace("'", "\\\"");
        Event.Storage event = (Event.Storage) read("{'Records':["
                + "{'eventSource':'aws:sqs','messageId':'1','body':'" + s3 + "'},"
                + "{'eventSource':'aws:sqs','messageId':'2','body':'hello'},"
                + "{'eventSource':'aws:sqs','messageId':'3','body':''},"
                + "{'eventSource':'aws:sqs','messageId':'4','body':'{\\\"Event\\\":\\\"s3:TestEvent\\\"}'},"
                + "{'eventSource':'aws:sqs','messageId':'5','body':'{\\\"source\\\":\\\"aws.s3\\\","
                + "\\\"detail-type\\\":\\\"AWS API Call via CloudTrail\\\"}'}]}");
        assertThat(event.delivery()).isEqualTo(Event.Delivery.QUEUED);
        assertThat(event.messages())
                .extracting(StorageMessage::readable)
                .containsExactly(true, false, false, true, false);
        assertThat(event.messages())
                .extracting(message -> message.objects().size())
                .containsExactly(1, 0, 0, 0, 0);
    }

    @Test
    @DisplayName("of an action has its arguments: texts, numbers, and the name of Step Functions' error")
    void arguments() {
        Arguments arguments = arguments(
                "{'action':'finishFile','importId':'i','number':3,'x':null,'error':{'Cause':'c','Error':'States.Timeout'},'y':[1]}");
        assertThat(arguments.required("importId")).isEqualTo("i");
        assertThat(arguments.number("number")).isEqualTo(3);
        assertThat(arguments.text("error")).contains("States.Timeout");
        assertThat(arguments.text("x")).isEmpty();
        assertThat(arguments("{'error':'States.ALL'}").text("error")).contains("States.ALL");
        assertThat(arguments("{'error':{}}").text("error")).contains("unknown");
        for (String number : List.of("0", "-1", "1.5", "'x'", "99999999999")) {
            assertThatThrownBy(() -> arguments("{'number':" + number + "}").number("number"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("whole number");
        }
        assertThatThrownBy(() -> arguments("{'action':'check'")).hasMessageContaining("malformed-payload");
        assertThatThrownBy(() -> arguments("{'action':'check'} x")).hasMessageContaining("malformed-payload");
    }

    private static Arguments arguments(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return Arguments.read(factory -> factory.createParser(bytes));
    }

    /** Whatever stands there, and in whatever order, telling it apart throws nothing. */
    @Property
    void anything(@ForAll @StringLength(max = 80) String text, @ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        List<String> members = new ArrayList<>(List.of(
                "\"action\":\"check\"",
                "\"users\":[{}]",
                "\"requestContext\":{\"http\":{\"method\":\"GET\",\"path\":\"/a//b/\"},\"stage\":\"a\"}",
                "\"httpMethod\":\"POST\"",
                "\"path\":\"//\"",
                "\"headers\":{\"A\":1,\"b\":[\"c\"],\"d\":\"\\ud83d\"}",
                "\"multiValueHeaders\":{\"A\":[1,\"x\",[]]}",
                "\"rawQueryString\":\"a=%zz&=&b\"",
                "\"body\":\"\\u00\"",
                "\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":5},null,[]]",
                "\"source\":\"aws.s3\",\"detail-type\":\"Object Created\"",
                text));
        Collections.shuffle(members, random);
        String json = "{" + String.join(",", members.subList(0, random.nextInt(members.size() + 1))) + "}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
        Event event = EventReader.read(ByteChunks.of(java.util.Arrays.copyOf(bytes, length)));
        if (event instanceof Event.Http http) {
            HttpRoute.of(http.request(), EVERYTHING);
        }
    }

    /** The top level decides as a whole: any members, in two orders, are the same event with the same content. */
    @Property
    void anyOrder(
            @ForAll @Size(max = 8) Set<@From("members") String> some,
            @ForAll @StringLength(max = 20) @AlphaChars String unknown,
            @ForAll @IntRange(max = 1_000_000) int seed) {
        List<String> members = new ArrayList<>(some);
        members.add("\"z" + unknown + "\":[{\"users\":[],\"action\":\"check\"}]");
        String told = told(members);
        Collections.shuffle(members, new Random(seed));
        assertThat(told(members)).isEqualTo(told);
    }

    @Provide
    Arbitrary<String> members() {
        return Arbitraries.of(
                "\"action\":\"check\"",
                "\"users\":[{\"externalId\":\"action\"}]",
                "\"importOperation\":\"CREATE_AND_UPDATE\"",
                "\"applicationId\":\"0oa1\"",
                "\"requestContext\":{\"http\":{\"method\":\"GET\",\"path\":\"/prod/applications\"},\"stage\":\"prod\"}",
                "\"httpMethod\":\"POST\"",
                "\"rawPath\":\"/prod/applications\"",
                "\"path\":\"/imports\"",
                "\"resource\":\"/{proxy+}\"",
                "\"pathParameters\":{\"proxy\":\"imports\"}",
                "\"headers\":{\"X-Import-Secret\":\"s\"}",
                "\"body\":\"{\\\"users\\\":[]}\"",
                "\"isBase64Encoded\":false",
                "\"Records\":[" + S3_RECORD.replace('\'', '"') + "]",
                "\"source\":\"aws.s3\"",
                "\"detail-type\":\"Object Created\"",
                "\"detail\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"k.csv\",\"etag\":\"e\"}}",
                "\"Event\":\"s3:TestEvent\"",
                "\"Type\":\"Notification\"");
    }

    /** All that an event is taken for. */
    private static String told(List<String> members) {
        Event event = EventReader.read(
                ByteChunks.of(("{" + String.join(",", members) + "}").getBytes(StandardCharsets.UTF_8)));
        if (event instanceof Event.Http http) {
            return "Http " + http.request().method() + " " + http.request().path() + " "
                    + http.request().headers() + " " + http.request().query() + " "
                    + http.request().body().map(EmbeddedBody::size);
        }
        if (event instanceof Event.Storage storage) {
            return "Storage " + storage;
        }
        if (event instanceof Event.DirectAction action) {
            return "DirectAction " + action.action();
        }
        return event.getClass().getSimpleName();
    }

    @ParameterizedTest
    @CsvSource({"function-url, false", "http-api-v2, true", "rest-api-v1, true"})
    @DisplayName("through API Gateway is answered within its 29 seconds; a Function URL has the function's own time")
    void gateway(String sample, boolean gateway) {
        HttpRequest request = ((Event.Http) read(sample(sample))).request();
        assertThat(request.behindGateway()).isEqualTo(gateway);
        Duration left = HttpTrigger.deadline(request, Deadline.in(Duration.ofMinutes(5)))
                .left();
        assertThat(left.compareTo(Duration.ofSeconds(29)) < 0).isEqualTo(gateway);
        assertThat(HttpTrigger.deadline(request, Deadline.in(Duration.ofSeconds(5)))
                        .left())
                .isLessThanOrEqualTo(Duration.ofSeconds(5));
    }
}
