package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the permissions of the deployed stack")
class PermissionsTest {

    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:";
    private static final String PARAMETER = "arn:aws:ssm:eu-central-1:123456789012:parameter/";
    private static final String OBJECT = "arn:aws:s3:::" + DeployedStack.BUCKET;
    private static final String KMS_KEY = "arn:aws:kms:eu-central-1:123456789012:key/1";

    private static Set<String> set(String... grants) {
        return new TreeSet<>(Set.of(grants));
    }

    private static Set<String> with(Set<String> grants, String... more) {
        return Stream.concat(grants.stream(), Stream.of(more)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Nested
    @DisplayName("of the function for callers")
    class Callers {

        private static final Set<String> ALWAYS = set(
                "logs:CreateLogStream att:Logs.Arn",
                "logs:PutLogEvents att:Logs.Arn",
                "s3:GetObject " + OBJECT + "/state/idempotency/*",
                "s3:PutObject " + OBJECT + "/state/idempotency/*");

        @Test
        @DisplayName("are its log, its secrets and the answers that it gives again: no file, no state, no list")
        void all() {
            DeployedStack stack = new DeployedStack(
                    "OktaPrivateKeyArn", SECRET + "okta-Ab12Cd:key::",
                    "WebhookSecretArn", PARAMETER + "webhook",
                    "WebhookSigningKeyArn", SECRET + "signing-Ab12Cd:key");
            assertThat(stack.grants("ImportRole"))
                    .isEqualTo(with(
                            ALWAYS,
                            "secretsmanager:GetSecretValue " + SECRET + "okta-Ab12Cd",
                            "secretsmanager:GetSecretValue " + SECRET + "signing-Ab12Cd",
                            "ssm:GetParameter " + PARAMETER + "webhook"));
        }

        @Test
        @DisplayName("grow with what is asked for: a key of one's own, traces")
        void more() {
            DeployedStack stack = new DeployedStack(
                    "OktaPrivateKeyArn",
                    PARAMETER + "okta/key",
                    "SecretsKmsKeyArn",
                    KMS_KEY,
                    "FilesKmsKeyArn",
                    KMS_KEY,
                    "Tracing",
                    "Active");
            assertThat(stack.grants("ImportRole"))
                    .isEqualTo(with(
                            ALWAYS,
                            "ssm:GetParameter " + PARAMETER + "okta/key",
                            "kms:Decrypt " + KMS_KEY,
                            "kms:GenerateDataKey " + KMS_KEY,
                            "xray:PutTraceSegments *",
                            "xray:PutTelemetryRecords *"));
        }

        @ParameterizedTest
        @CsvSource({
            "s3:GetObject, state/0oa1.json",
            "s3:PutObject, state/0oa1.json",
            "s3:DeleteObject, state/0oa1.json",
            "s3:DeleteObject, state/idempotency/x.json",
            "s3:GetObject, imports/0oa1/snapshot/u.csv",
            "s3:PutObject, work/x/session-1",
            "s3:PutObject, reports/x.json",
            "s3:ListBucket, ''"
        })
        @DisplayName("don't let it wipe a guard's state, whatever action it is asked for")
        void denied(String action, String key) {
            assertThat(new DeployedStack().allows("ImportRole", action, key)).isFalse();
        }
    }

    @Nested
    @DisplayName("of the function for files")
    class Files {

        private static final Set<String> ALWAYS = set(
                "logs:CreateLogStream att:Logs.Arn",
                "logs:PutLogEvents att:Logs.Arn",
                "s3:GetObject " + OBJECT + "/imports/*",
                "s3:GetObjectVersion " + OBJECT + "/imports/*",
                "s3:GetObjectTagging " + OBJECT + "/imports/*",
                "s3:GetObjectVersionTagging " + OBJECT + "/imports/*",
                "s3:PutObjectTagging " + OBJECT + "/imports/*",
                "s3:PutObjectVersionTagging " + OBJECT + "/imports/*",
                "s3:GetObject " + OBJECT + "/reports/*",
                "s3:PutObject " + OBJECT + "/reports/*",
                "s3:GetObject " + OBJECT + "/work/*",
                "s3:PutObject " + OBJECT + "/work/*",
                "s3:DeleteObject " + OBJECT + "/work/*",
                "s3:GetObject " + OBJECT + "/state/*",
                "s3:PutObject " + OBJECT + "/state/*",
                "s3:DeleteObject " + OBJECT + "/state/*",
                "s3:ListBucket " + OBJECT);

        @Test
        @DisplayName("are files to read, reports to write, work and state; of the secrets Okta's alone")
        void all() {
            DeployedStack stack = new DeployedStack(
                    "AuthorizationMode", "SSWS",
                    "OktaTokenArn", SECRET + "token-Ab12Cd",
                    "WebhookSecretArn", PARAMETER + "webhook",
                    "WebhookSigningKeyArn", SECRET + "signing-Ab12Cd");
            assertThat(stack.grants("FileRole"))
                    .isEqualTo(with(ALWAYS, "secretsmanager:GetSecretValue " + SECRET + "token-Ab12Cd"));
        }

        @Test
        @DisplayName("grow with what is asked for: the queue, mappings outside imports/, a key of one's own")
        void more() {
            DeployedStack stack = new DeployedStack(
                    "OktaPrivateKeyArn",
                    PARAMETER + "okta/key",
                    "FilesThrough",
                    "Queue",
                    "MappingsPrefix",
                    "mappings/",
                    "FilesKmsKeyArn",
                    KMS_KEY);
            assertThat(stack.grants("FileRole"))
                    .isEqualTo(with(
                            ALWAYS,
                            "ssm:GetParameter " + PARAMETER + "okta/key",
                            "s3:GetObject " + OBJECT + "/mappings/*",
                            "sqs:ReceiveMessage att:Notifications.Arn",
                            "sqs:DeleteMessage att:Notifications.Arn",
                            "sqs:GetQueueAttributes att:Notifications.Arn",
                            "sqs:SendMessage att:Notifications.Arn",
                            "kms:Decrypt att:Key.Arn",
                            "kms:GenerateDataKey att:Key.Arn",
                            "kms:Decrypt " + KMS_KEY,
                            "kms:GenerateDataKey " + KMS_KEY));
            assertThat(stack.properties("Files").toString()).contains("\"aws:kms\"", KMS_KEY);
        }

        @Test
        @DisplayName("are the same in a bucket that was there before")
        void existing() {
            DeployedStack stack = new DeployedStack("ExistingBucket", DeployedStack.BUCKET);
            assertThat(stack.grants("FileRole")).isEqualTo(ALWAYS);
            assertThat(stack.properties("Files").isMissingNode()).isTrue();
            assertThat(stack.properties("FilesPolicy").path("Bucket").asText()).isEqualTo(DeployedStack.BUCKET);
            assertThat(stack.properties("FileArrived")
                            .at("/EventPattern/detail/bucket/name/0")
                            .asText())
                    .isEqualTo(DeployedStack.BUCKET);
        }
    }

    @Nested
    @DisplayName("in the bucket")
    class Bucket {

        @ParameterizedTest
        @CsvSource({
            "work/0oa1/session-1, s3:PutObject, true",
            "work/queue/0oa1/000, s3:PutObject, true",
            "state/0oa1.json, s3:PutObject, true",
            "state/0oa1.json, s3:PutObjectTagging, true",
            "reports/imports/u.csv.v1.json, s3:PutObject, true",
            "reports/imports/u.csv.v1.json, s3:DeleteObject, true",
            "state/0oa1.json, s3:DeleteObjectVersion, true",
            "reports/imports/u.csv.v1.json, s3:GetObject, false",
            "imports/0oa1/snapshot/u.csv, s3:PutObject, false",
            "imports/0oa1/snapshot/u.csv, s3:DeleteObject, false"
        })
        @DisplayName("let no one else write or delete what the function believes, an administrator neither")
        void others(String key, String action, boolean denied) {
            DeployedStack stack = new DeployedStack();
            assertThat(stack.bucketDenies("arn:aws:iam::123456789012:role/Admin", action, key))
                    .isEqualTo(denied);
            assertThat(stack.bucketDenies("att:FileRole.Arn", action, key)).isFalse();
        }

        @Test
        @DisplayName("let the role that erases personal data delete and not write")
        void erasure() {
            String eraser = "arn:aws:iam::123456789012:role/Eraser";
            DeployedStack stack = new DeployedStack("DataErasureRoleArn", eraser);
            assertThat(stack.bucketDenies(eraser, "s3:DeleteObjectVersion", "state/0oa1.json"))
                    .isFalse();
            assertThat(stack.bucketDenies(eraser, "s3:PutObject", "state/0oa1.json"))
                    .isTrue();
            assertThat(stack.bucketDenies("att:ImportRole.Arn", "s3:PutObject", "state/idempotency/x.json"))
                    .isFalse();
        }
    }

    @Nested
    @DisplayName("of the function for decisions")
    class Decisions {

        private static final String[] DAYS = {"DecisionDays", "2"};

        @Test
        @DisplayName("are its log, where a file is, and reports: no file, no state, no secret, nothing of Okta")
        void all() {
            DeployedStack stack = new DeployedStack(
                    "DecisionDays", "2",
                    "OktaPrivateKeyArn", SECRET + "okta-Ab12Cd:key::",
                    "WebhookSecretArn", PARAMETER + "webhook");
            assertThat(stack.grants("DecideRole"))
                    .isEqualTo(set(
                            "logs:CreateLogStream att:Logs.Arn",
                            "logs:PutLogEvents att:Logs.Arn",
                            "s3:GetObject " + OBJECT + "/work/*/import.json",
                            "s3:GetObject " + OBJECT + "/reports/*",
                            "s3:PutObject " + OBJECT + "/reports/*"));
            JsonNode settings = stack.properties("DecideFunction").at("/Environment/Variables");
            assertThat(settings.path("IMPORT_DECIDE_FUNCTION").asText()).isEqualTo("this");
            assertThat(settings.has("IMPORT_WEBHOOK_SECRET")).isFalse();
            for (String other : List.of("ImportFunction", "FileFunction")) {
                JsonNode its = stack.properties(other).at("/Environment/Variables");
                assertThat(its.path("IMPORT_DECIDE_FUNCTION").asText()).isEqualTo("stack-decide:live");
                assertThat(its.path("IMPORT_DECIDE_URL").asText())
                        .isEqualTo("https://ref:HttpApi.execute-api.eu-central-1.amazonaws.com");
            }
        }

        @Test
        @DisplayName("let it write reports only, and no one decide who may only import")
        void denied() {
            DeployedStack stack = new DeployedStack(DAYS);
            assertThat(stack.bucketDenies("att:DecideRole.Arn", "s3:PutObject", "reports/x.json"))
                    .isFalse();
            assertThat(stack.bucketDenies("att:DecideRole.Arn", "s3:DeleteObject", "reports/x.json"))
                    .isTrue();
            assertThat(stack.allows("DecideRole", "s3:PutObject", "state/0oa1.json"))
                    .isFalse();
            assertThat(stack.allows("DecideRole", "s3:GetObject", "work/x/session-1"))
                    .isFalse();
            assertThat(stack.allows("DecideRole", "s3:GetObject", "work/x/import.json"))
                    .isTrue();
        }

        @Test
        @DisplayName("are asked of callers by a scope of their own")
        void scope() {
            DeployedStack stack = new DeployedStack(
                    "DecisionDays",
                    "2",
                    "HttpAuthorization",
                    "JWT",
                    "JwtIssuer",
                    "https://dev.okta.com",
                    "JwtScopes",
                    "");
            JsonNode route = stack.properties("DecideRoute");
            assertThat(route.path("RouteKey").asText()).isEqualTo("POST /imports/{importId}/decision");
            assertThat(route.path("AuthorizationScopes").toString()).isEqualTo("[\"decide\"]");
            assertThat(stack.properties("DecidePermission").path("SourceArn").asText())
                    .endsWith(":ref:HttpApi/*/POST/imports/*/decision");
            assertThat(new DeployedStack(DAYS)
                            .properties("DecideRoute")
                            .path("AuthorizationType")
                            .asText())
                    .isEqualTo("AWS_IAM");
        }

        @Test
        @DisplayName("aren't there without DecisionDays, which the queue doesn't take")
        void none() {
            DeployedStack stack = new DeployedStack();
            for (String resource :
                    List.of("DecideFunction", "DecideRole", "DecideRoute", "DecisionNeeded", "DecisionsNeededAlarm")) {
                assertThat(stack.properties(resource).isMissingNode())
                        .as(resource)
                        .isTrue();
            }
            assertThat(stack.properties("FileFunction")
                            .at("/Environment/Variables/IMPORT_DECISION_DAYS")
                            .asText())
                    .isEqualTo("0");
            assertThat(new DeployedStack("DecisionDays", "2", "HttpAuthorization", "none")
                            .properties("DecideRoute")
                            .isMissingNode())
                    .isTrue();
            assertThat(Template.read().at("/Rules/DecisionsNeedStateMachine").toString())
                    .contains("FilesThrough", "Queue", "DecisionDays");
        }

        @Test
        @DisplayName("are told of by mail where files' ends are")
        void mail() {
            DeployedStack stack = new DeployedStack("DecisionDays", "2", "TellFinished", "hr@example.com");
            assertThat(stack.properties("DecisionNeeded")
                            .at("/EventPattern/detail-type/0")
                            .asText())
                    .isEqualTo("Decision Needed");
            assertThat(stack.properties("FinishedTopicPolicy").toString())
                    .contains("att:ImportFinished.Arn", "att:DecisionNeeded.Arn");
            assertThat(stack.properties("EventDeadLettersPolicy").toString()).contains("att:DecisionNeeded.Arn");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SecretsKey, secretsmanager.eu-central-1.amazonaws.com, true",
        "SecretsKey, ssm.us-east-1.amazonaws.com, true",
        "SecretsKey, s3.eu-central-1.amazonaws.com, false",
        "FilesKey, s3.eu-central-1.amazonaws.com, true",
        "FilesKey, secretsmanager.eu-central-1.amazonaws.com, false"
    })
    @DisplayName(
            "with a key of one's own reach only through what it is for; a secret may be in another region than the stack")
    void viaServices(String sid, String service, boolean allowed) {
        DeployedStack stack = new DeployedStack("SecretsKmsKeyArn", KMS_KEY, "FilesKmsKeyArn", KMS_KEY);
        for (String role : List.of("ImportRole", "FileRole")) {
            List<JsonNode> found = new ArrayList<>();
            stack.properties(role).at("/Policies/0/PolicyDocument/Statement").forEach(statement -> {
                if (statement.path("Sid").asText().equals(sid)) {
                    found.add(statement.at("/Condition/StringLike/kms:ViaService"));
                }
            });
            assertThat(found).singleElement().satisfies(patterns -> assertThat(DeployedStack.texts(patterns).stream()
                            .anyMatch(pattern -> DeployedStack.matches(pattern, service)))
                    .isEqualTo(allowed));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Import", "Start", "Close"})
    @DisplayName("of the state machines are the calls that their tasks make, and the delivery of logs and traces")
    void machines(String name) {
        DeployedStack stack = new DeployedStack("Tracing", "Active");
        JsonNode machine = stack.properties(name + "Machine");
        Set<String> calls = new TreeSet<>();
        for (JsonNode state :
                Interpreter.definition(name.toLowerCase(Locale.ROOT)).path("States")) {
            if (state.path("Type").asText().equals("Task")) {
                calls.add(call(state, machine));
            }
        }
        Set<String> grants = stack.grants(name + "MachineRole");
        grants.removeIf(grant -> grant.matches("(logs|xray):\\w+ \\*"));
        assertThat(calls).isEqualTo(grants);
    }

    private static String call(JsonNode task, JsonNode machine) {
        JsonNode parameters = task.path("Parameters");
        String account = "eu-central-1:123456789012:";
        String call =
                switch (task.path("Resource").asText()) {
                    case "arn:aws:states:::lambda:invoke" ->
                        "lambda:InvokeFunction "
                                + parameters.path("FunctionName").asText();
                    case "arn:aws:states:::events:putEvents" ->
                        "events:PutEvents arn:aws:events:" + account + "event-bus/"
                                + parameters.at("/Entries/0/EventBusName").asText();
                    case "arn:aws:states:::states:startExecution" ->
                        "states:StartExecution "
                                + parameters
                                        .path("StateMachineArn")
                                        .asText("arn:aws:states:" + account + "stateMachine:"
                                                + machine.path("StateMachineName")
                                                        .asText());
                    default -> throw new IllegalArgumentException(task.toString());
                };
        Matcher substitution = Pattern.compile("\\$\\{(\\w+)}").matcher(call);
        return substitution.replaceAll(found -> Matcher.quoteReplacement(
                machine.path("DefinitionSubstitutions").path(found.group(1)).asText()));
    }

    @Test
    @DisplayName("of the rules are to start the state machines that they name")
    void rules() {
        DeployedStack stack = new DeployedStack("DecisionDays", "2", "TellFinished", "hr@example.com");
        Set<String> roles = new TreeSet<>();
        for (String rule : List.of("FileArrived", "ExecutionFailed", "ImportFinished", "DecisionNeeded")) {
            for (JsonNode target : stack.properties(rule).path("Targets")) {
                if (target.has("RoleArn")) {
                    String role = target.path("RoleArn").asText().replaceAll("^att:|\\.Arn$", "");
                    roles.add(role);
                    assertThat(stack.grants(role))
                            .containsExactly("states:StartExecution "
                                    + target.path("Arn").asText());
                }
            }
        }
        assertThat(roles).containsExactly("ExecutionFailedRole", "FileArrivedRole");
    }

    @Nested
    @DisplayName("of HTTP callers")
    class Http {

        @Test
        @DisplayName("with JWT need a scope, import unless another is named")
        void scopes() {
            DeployedStack stack = new DeployedStack("HttpAuthorization", "JWT", "JwtIssuer", "https://dev.okta.com");
            JsonNode route = stack.properties("HttpRoute");
            assertThat(route.path("AuthorizationType").asText()).isEqualTo("JWT");
            assertThat(route.path("AuthorizationScopes").toString()).isEqualTo("[\"import\"]");
            assertThat(new DeployedStack("HttpAuthorization", "JWT", "JwtScopes", "a,b")
                            .properties("HttpRoute")
                            .path("AuthorizationScopes")
                            .toString())
                    .isEqualTo("[\"a\",\"b\"]");
            assertThat(new DeployedStack("HttpAuthorization", "JWT", "JwtScopes", "")
                            .properties("HttpRoute")
                            .has("AuthorizationScopes"))
                    .isFalse();
        }

        @Test
        @DisplayName("with IAM need none")
        void iam() {
            JsonNode route = new DeployedStack("HttpAuthorization", "IAM").properties("HttpRoute");
            assertThat(route.path("AuthorizationType").asText()).isEqualTo("AWS_IAM");
            assertThat(route.has("AuthorizationScopes")).isFalse();
        }

        @Test
        @DisplayName("with JWT need an issuer that isn't the example")
        void issuer() {
            JsonNode rule = Template.read().at("/Rules/IssuerIsYours");
            assertThat(rule.path("RuleCondition").toString()).contains("HttpAuthorization", "JWT");
            assertThat(rule.path("Assertions").toString())
                    .contains("{\"Ref\":\"JwtIssuer\"},\"\"", "https://example.okta.com/oauth2/default");
            assertThat(Template.read().at("/Parameters/JwtIssuer/Default").asText())
                    .isEmpty();
        }
    }
}
