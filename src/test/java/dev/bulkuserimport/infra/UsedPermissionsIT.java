package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.ClassArchive;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.RuntimeApi;
import dev.bulkuserimport.embedded.S3Event;
import dev.bulkuserimport.embedded.S3MockProcess;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.Payload;
import dev.bulkuserimport.support.PutFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * The built function as each of the stack's three functions: with the environment that the expanded template gives it, and with an AWS that
 * allows what the template grants to its role and nothing else. Each grant must be used, or be listed with its reason.
 */
@DisplayName("The calls of the built function to AWS")
class UsedPermissionsIT {

    private static final String APP = "0oaGranted";
    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:";
    private static final String HOOK = "arn:aws:ssm:eu-central-1:123456789012:parameter/hook";
    private static final String FOLDER = "imports/" + APP + "/";

    private static final Map<String, String> SECRETS = Map.of(
            SECRET + "token-Ab12Cd",
            "{\"okta\":\"" + EmbeddedOkta.TOKEN + "\"}",
            SECRET + "sign-Ab12Cd",
            "signing-key",
            HOOK,
            "hook");

    /** Grants that no call of the code shows, and why they are needed. */
    private static final Map<String, String> MADE_BY_OTHERS = Map.of(
            "logs:CreateLogStream", "Lambda writes what the function prints",
            "logs:PutLogEvents", "Lambda writes what the function prints",
            "kms:Decrypt", "S3, Secrets Manager, Parameter Store and SQS decrypt for the function",
            "kms:GenerateDataKey", "S3 and SQS encrypt for the function",
            "sqs:ReceiveMessage", "Lambda polls the queue with the function's role",
            "sqs:DeleteMessage", "Lambda polls the queue with the function's role",
            "sqs:GetQueueAttributes", "Lambda polls the queue with the function's role",
            "xray:PutTraceSegments", "Lambda sends traces with the function's role",
            "xray:PutTelemetryRecords", "Lambda sends traces with the function's role");

    private static final EmbeddedOkta OKTA = EmbeddedOkta.start();
    private static S3MockProcess mock;
    private static Bucket bucket;

    @BeforeAll
    static void start() {
        mock = S3MockProcess.shared(MachineStand.BUILD);
        bucket = Bucket.of(mock.client(), DeployedStack.BUCKET);
        mock.client().putBucketVersioning(versioning -> versioning
                .bucket(bucket.name())
                .versioningConfiguration(configuration -> configuration.status(BucketVersioningStatus.ENABLED)));
        OKTA.application(APP).pauseBetweenSessions(APP, Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        OKTA.close();
    }

    /** A stack with everything that a role may need. */
    private static DeployedStack stack(String... more) {
        String[] all = {
            "AuthorizationMode", "SSWS",
            "OktaTokenArn", SECRET + "token-Ab12Cd:okta::",
            "WebhookSecretArn", HOOK,
            "WebhookSigningKeyArn", SECRET + "sign-Ab12Cd",
            "SecretsKmsKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/1",
            "FilesKmsKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/2",
            "MappingsPrefix", "mappings/",
            "Tracing", "Active"
        };
        String[] parameters = java.util.Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, parameters, all.length, more.length);
        return new DeployedStack(parameters);
    }

    /** One of the stack's functions, at work. */
    private static final class Deployed implements AutoCloseable {
        final GuardedAws aws;
        private final FunctionProcess process;

        Deployed(DeployedStack stack, String function, String role) {
            aws = new GuardedAws(mock.url(), stack, role, SECRETS);
            Map<String, String> environment = new HashMap<>();
            stack.properties(function)
                    .at("/Environment/Variables")
                    .properties()
                    .forEach(variable -> environment.put(
                            variable.getKey(), variable.getValue().asText()));
            environment.put("OKTA_CLIENT_ORGURL", OKTA.url());
            environment.putAll(aws.endpoints());
            process = ClassArchive.start(MachineStand.BUILD, environment).ready();
        }

        @Override
        public void close() {
            process.close();
            aws.close();
        }

        /** What an invocation answers, function errors too. */
        JsonNode invoke(JsonNode event) {
            RuntimeApi.Result result = process.api().invoke(event.toString());
            return Lambda.parse(result.text());
        }

        JsonNode step(String action, ObjectNode arguments) {
            JsonNode answer = invoke(arguments.deepCopy().put("action", action));
            assertThat(answer.has("errorType")).as(action + ": " + answer).isFalse();
            return answer;
        }

        /** As the state machine does it; the state in which it ended, or waits. */
        String imported(PutFile file) {
            JsonNode plan = step("planFile", file.named());
            ObjectNode named = Lambda.JSON
                    .createObjectNode()
                    .put("importId", plan.path("importId").asText());
            if (plan.has("decision")) {
                assertThat(step("awaitDecision", named).path("waiting").asBoolean())
                        .isTrue();
                return plan.path("state").asText();
            }
            for (JsonNode session : plan.path("sessions")) {
                ObjectNode one =
                        named.deepCopy().put("number", session.path("number").asInt());
                step("importSession", one);
                step("followSession", one);
            }
            return step("finishFile", named).path("state").asText();
        }

        /** All calls were allowed, and all grants are used or explained. */
        void uses(Set<String> grants, String... explained) {
            assertThat(aws.takeDenied()).isEmpty();
            Set<String> unused = new TreeSet<>(grants);
            unused.removeAll(aws.used());
            Set<String> actions = new TreeSet<>();
            unused.forEach(grant -> actions.add(grant.substring(0, grant.indexOf(' '))));
            assertThat(actions).as(unused.toString()).containsExactlyInAnyOrder(explained);
            assertThat(MADE_BY_OTHERS).containsKeys(explained);
        }
    }

    private static String people(int from, int to, String department) {
        StringBuilder csv = new StringBuilder("ID,Mail,Department\n");
        for (int i = from; i < to; i++) {
            csv.append("E-")
                    .append(i)
                    .append(",user")
                    .append(i)
                    .append("@example.com,")
                    .append(department)
                    .append('\n');
        }
        return csv.toString();
    }

    @Test
    @DisplayName("that imports files, and of the one that takes decisions")
    void files() throws Exception {
        DeployedStack withMachine = stack("DecisionDays", "2");
        DeployedStack withQueue = stack("FilesThrough", "Queue");
        String mapping = "{\"externalId\":\"ID\",\"profile\":{\"userName\":\"Mail\",\"department\":\"Department\"}}";
        bucket.put(FOLDER + "mapping.json", mapping);
        bucket.put("mappings/hr.json", mapping);
        try (Deployed files = new Deployed(withMachine, "FileFunction", "FileRole");
                Deployed decisions = new Deployed(withMachine, "DecideFunction", "DecideRole")) {
            assertThat(files.imported(bucket.put(FOLDER + "snapshot/monday.csv", people(0, 12, "Before"))))
                    .isEqualTo("COMPLETED");
            assertThat(files.imported(bucket.put(FOLDER + "snapshot/tuesday.csv", people(0, 13, "After"))))
                    .isEqualTo("COMPLETED");
            assertThat(files.imported(bucket.put(
                            FOLDER + "create-and-update/named.csv",
                            people(5, 6, "Named").getBytes(StandardCharsets.UTF_8),
                            Map.of("mapping", "mappings/hr.json"))))
                    .isEqualTo("COMPLETED");

            PutFile cut = bucket.put(FOLDER + "snapshot/wednesday.csv", people(0, 3, "After"));
            assertThat(files.imported(cut)).isEqualTo("WAITING");
            ObjectNode yes = Lambda.JSON
                    .createObjectNode()
                    .put("importId", cut.report().path("importId").asText())
                    .put("decision", "approve")
                    .put("plan", cut.report().at("/decision/plan").asText())
                    .put("by", "ann");
            assertThat(decisions.step("decide", yes).path("decision").asText()).isEqualTo("approve");
            assertThat(files.imported(cut)).isEqualTo("COMPLETED");
            decisions.uses(
                    withMachine.grants("DecideRole"),
                    "logs:CreateLogStream",
                    "logs:PutLogEvents",
                    "kms:Decrypt",
                    "kms:GenerateDataKey",
                    "xray:PutTraceSegments",
                    "xray:PutTelemetryRecords");
            // Of what isn't there, S3 tells this role that it may not be read.
            JsonNode unknown = decisions.invoke(yes.deepCopy()
                    .put("action", "decide")
                    .put("importId", cut.report().path("importId").asText() + "0"));
            assertThat(unknown.path("errorMessage").asText()).contains(":not-found");

            files.step("rebuildState", Lambda.JSON.createObjectNode().put("applicationId", APP));

            files.aws.redeployed(withQueue);
            OKTA.newSession(APP);
            S3Event late = bucket.put(FOLDER + "create-and-update/late.csv", people(7, 8, "Late"))
                    .event();
            JsonNode queued = S3Event.queued(late.toString());
            ((ObjectNode) queued.at("/Records/0"))
                    .put("eventSourceARN", "arn:aws:sqs:eu-central-1:123456789012:Notifications");
            ((ObjectNode) queued.at("/Records/0/attributes"))
                    .put("SentTimestamp", String.valueOf(System.currentTimeMillis()));
            assertThat(files.invoke(queued).path("batchItemFailures")).isEmpty();

            // As in a customer's own bucket that has no versions. S3Mock finds none of its objects again then.
            mock.client().putBucketVersioning(versioning -> versioning
                    .bucket(bucket.name())
                    .versioningConfiguration(configuration -> configuration.status(BucketVersioningStatus.SUSPENDED)));
            String folder = "imports/" + APP + "3/";
            OKTA.application(APP + "3");
            bucket.put(folder + "mapping.json", mapping);
            assertThat(files.imported(bucket.put(folder + "create-and-update/plain.csv", people(6, 7, "Plain"))))
                    .isEqualTo("COMPLETED");

            Set<String> grants = withMachine.grants("FileRole");
            grants.addAll(withQueue.grants("FileRole"));
            files.uses(
                    grants,
                    "logs:CreateLogStream",
                    "logs:PutLogEvents",
                    "kms:Decrypt",
                    "kms:GenerateDataKey",
                    "sqs:ReceiveMessage",
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                    "xray:PutTraceSegments",
                    "xray:PutTelemetryRecords");
        }
    }

    @Test
    @DisplayName("that serves callers, which can't touch a state, whatever it is asked for")
    void callers() throws Exception {
        String app = APP + "2";
        OKTA.application(app);
        DeployedStack stack = stack();
        bucket.put("state/" + app + ".json", "{}");
        try (Deployed function = new Deployed(stack, "ImportFunction", "ImportRole")) {
            String payload =
                    new Payload(app, OKTA.newSession(app).id()).users(0, 3).toString();
            for (int time = 0; time < 2; time++) {
                JsonNode answer = function.invoke(signed(payload));
                assertThat(answer.path("statusCode").asInt())
                        .as(answer.toString())
                        .isEqualTo(200);
            }
            assertThat(OKTA.sessionsOf(app).get(0).requestUsers()).hasSize(1);
            function.uses(
                    stack.grants("ImportRole"),
                    "logs:CreateLogStream",
                    "logs:PutLogEvents",
                    "kms:Decrypt",
                    "kms:GenerateDataKey",
                    "xray:PutTraceSegments",
                    "xray:PutTelemetryRecords");

            JsonNode rebuilt = function.invoke(
                    Lambda.JSON.createObjectNode().put("action", "rebuildState").put("applicationId", app));
            assertThat(rebuilt.path("errorType").asText()).contains("StorageUnavailable");
            assertThat(function.aws.takeDenied()).isNotEmpty();
            assertThat(bucket.text("state/" + app + ".json")).isEqualTo("{}");
        }
    }

    /** A request as API Gateway sends it, with everything by which callers are told apart. */
    private static JsonNode signed(String payload) throws GeneralSecurityException {
        ObjectNode event = Lambda.sample("http-api-v2").put("body", payload);
        String time = String.valueOf(Instant.now().getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("signing-key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal((time + "." + payload).getBytes(StandardCharsets.UTF_8));
        ((ObjectNode) event.path("headers"))
                .put("authorization", "Bearer hook")
                .put("idempotency-key", "once")
                .put("x-import-timestamp", time)
                .put("x-import-signature", "v1=" + HexFormat.of().formatHex(signature));
        return event;
    }
}
