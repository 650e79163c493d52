package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.config.GivenSettings;
import dev.bulkuserimport.config.Setting;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import dev.bulkuserimport.support.NodePackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

@DisplayName("template.yaml")
class TemplateTest {

    private static final JsonNode DOCUMENT = Template.read();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:hook-Ab12Cd";

    private static JsonNode resource(String name) {
        return DOCUMENT.path("Resources").path(name);
    }

    private static Map<String, JsonNode> resourcesOf(String type) {
        Map<String, JsonNode> found = new TreeMap<>();
        DOCUMENT.path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue());
            }
        });
        return found;
    }

    private static JsonNode variables() {
        return DOCUMENT.at("/Globals/Function/Environment/Variables");
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new TreeSet<>();
        (node.isArray() ? node : List.of(node)).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Whether CloudFormation takes a value for a parameter. */
    private static boolean allows(String parameter, String value) {
        JsonNode given = DOCUMENT.path("Parameters").path(parameter);
        assertThat(given.path("Type").asText()).as(parameter).isEqualTo("String");
        if (given.has("AllowedValues")) {
            return texts(given.path("AllowedValues")).contains(value);
        }
        String pattern = given.path("AllowedPattern").asText();
        assertThat(pattern).as(parameter).isNotEmpty();
        return value.matches(pattern);
    }

    /** A role's statements; those that stand under a condition too. */
    private static List<JsonNode> statements(String role) {
        List<JsonNode> statements = new ArrayList<>();
        for (JsonNode statement : resource(role).at("/Properties/Policies/0/PolicyDocument/Statement")) {
            statements.add(statement.has("Fn::If") ? statement.at("/Fn::If/1") : statement);
        }
        assertThat(statements).isNotEmpty();
        return statements;
    }

    private static Set<String> actions(String role) {
        Set<String> actions = new TreeSet<>();
        statements(role).forEach(statement -> actions.addAll(texts(statement.path("Action"))));
        return actions;
    }

    private static String documentation() {
        try (Stream<Path> docs = Files.list(Path.of("src", "docs"))) {
            StringBuilder all = new StringBuilder(Files.readString(Path.of("README.md")));
            for (Path page :
                    docs.filter(page -> page.toString().endsWith(".md")).toList()) {
                all.append(Files.readString(page));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that a {@code Ref}, {@code GetAtt} or {@code Sub} names. */
    private static void references(JsonNode node, Set<String> into) {
        if (node.has("Ref")) {
            into.add(node.get("Ref").asText());
        }
        if (node.has("Fn::GetAtt")) {
            into.add(node.get("Fn::GetAtt").asText());
        }
        if (node.has("Fn::Sub")) {
            JsonNode sub = node.get("Fn::Sub");
            Set<String> own = names(sub.path(1));
            Matcher names = Pattern.compile("\\$\\{([^}!]+)}")
                    .matcher(sub.isArray() ? sub.get(0).asText() : sub.asText());
            while (names.find()) {
                if (!own.contains(names.group(1))) {
                    into.add(names.group(1));
                }
            }
        }
        node.forEach(child -> references(child, into));
    }

    @Nested
    @DisplayName("as a document")
    class Document {

        @Test
        @DisplayName("has only types and properties that CloudFormation and SAM know, and all that they require")
        void spec() {
            assertThat(NodePackages.node(DOCUMENT, "template.mjs")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"MaxDeactivations, true", "MaxChanges, true", "MaxReturns, false", "MaxGroupRemovals, false"})
        @DisplayName("takes for a limit only what the function does, which wouldn't start with anything else")
        void limits(String parameter, boolean mayBeEmpty) {
            JsonNode given = DOCUMENT.path("Parameters").path(parameter);
            Pattern allowed = Pattern.compile(given.path("AllowedPattern").asText());
            assertThat(given.path("Default").asText()).matches(allowed);
            assertThat(allowed.matcher("").matches()).isEqualTo(mayBeEmpty);
            for (String limit : List.of(
                    "none", "0", "500", "123456789", "5%", "0.5%", "12.125%", "100%", "500,5%", "500, 5%", "5%,500")) {
                assertThat(limit).matches(allowed);
                assertThat(Limit.parse(limit)).as(limit).isPresent();
            }
            for (String wrong : List.of(
                    "5.5", "5%,5%", "500,500", "1234567890", "1000%", "101%", "5.1234%", "500,5%,1", "500,", "all")) {
                assertThat(wrong).doesNotMatch(allowed);
                assertThat(Limit.parse(wrong)).as(wrong).isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "ParallelRequests, IMPORT_PARALLEL_REQUESTS, 1 2 5 10, 0 00 01 11 2.5 1e1 +5 five",
            "LeaverGrace, IMPORT_LEAVER_GRACE, 1 2 9 14, 0 01 15 1.5 1e0 +1 one",
            "DecisionDays, IMPORT_DECISION_DAYS, 0 1 6, 00 01 7 0.5 2.0 -0 none",
            "FollowHours, IMPORT_FOLLOW_HOURS, 1 6 10 99 100 159 160 168, 0 06 169 170 200 1000 1.5 1e1 six",
            "ApplicationId, IMPORT_APPLICATION_ID, 0oa3l6l6WK6h0R0QW0g4 a_b-1, 0oa/1 https://example.okta.com/0oa1 0oa.1 ü",
            "OktaOrgUrl, OKTA_CLIENT_ORGURL, https://example.okta.com https://EXAMPLE.okta.com https://a-b.okta.mil"
                    + " https://login.example.co.uk https://admin.okta.com https://x-admin.example.com"
                    + " https://x-admin.okta.com.example.com https://1.example.com,"
                    + "https://example-admin.okta.com https://example-admin.okta-gov.com https://example-admin.okta.mil"
                    + " https://a.b-admin.oktapreview.com https://-x https://-x.okta.com https://x-.okta.com https://x..okta.com"
                    + " https://.okta.com https://x_y.okta.com https://x.okta.com/ https://x.okta.1com http://x.okta.com https://"
        })
        @DisplayName("takes for a setting only what the function does, which wouldn't start with anything else")
        void settings(String parameter, String setting, String right, String wrong) {
            for (String value : right.split(" ")) {
                assertThat(allows(parameter, value)).as(value).isTrue();
                assertThatCode(() -> GivenSettings.with(setting, value))
                        .as(value)
                        .doesNotThrowAnyException();
            }
            for (String value : wrong.split(" ")) {
                assertThat(allows(parameter, value)).as(value).isFalse();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "SecretsKmsKeyArn, '', arn:aws:kms:eu-central-1:123456789012:key/mrk-1234abcd, arn:aws:kms:eu-central-1:123456789012:alias/secrets, 1234abcd-12ab",
            "FilesKmsKeyArn, '', arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1234abcd-12ab, arn:aws:kms:eu-central-1:123456789012:alias/files, alias/files",
            "EventBus, default, aws.partner/example.com/hr_1, arn:aws:events:eu-central-1:123456789012:event-bus/hr, ''",
            "AlarmTopicArn, '', arn:aws:sns:eu-central-1:123456789012:on_call-1, on_call-1, arn:aws:sqs:eu-central-1:123456789012:on_call-1",
            "TellFinished, '', hr@example.com, hr.example.com, '\"\"'"
        })
        @DisplayName("takes no name of another form, with which the functions or state machines would be denied")
        void forms(String parameter, String usual, String other, String wrong, String wrongToo) {
            assertThat(List.of(usual, other)).allMatch(value -> allows(parameter, value));
            assertThat(List.of(wrong, wrongToo)).noneMatch(value -> allows(parameter, value));
        }

        @Test
        @DisplayName("refers only to parameters, resources and conditions that exist, and uses all of them")
        void references() {
            Set<String> known = names(DOCUMENT.path("Parameters"));
            known.addAll(names(DOCUMENT.path("Resources")));
            known.add("ImportFunctionAliaslive");
            Set<String> used = new TreeSet<>();
            for (String part : List.of("Resources", "Conditions", "Outputs", "Globals", "Rules")) {
                TemplateTest.references(DOCUMENT.path(part), used);
            }
            Set<String> roots = used.stream()
                    .filter(name -> !name.startsWith("AWS::"))
                    .map(name -> name.split("\\.")[0])
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(known).containsAll(roots);
            assertThat(roots).containsAll(names(DOCUMENT.path("Parameters")));
            resourcesOf("AWS::Lambda::Url").values().forEach(url -> assertThat(known)
                    .containsAll(texts(url.path("DependsOn"))));

            Set<String> conditions = new TreeSet<>();
            Matcher condition =
                    Pattern.compile("\"(?:Fn::If\":\\[|Condition\":)\"(\\w+)\"").matcher(DOCUMENT.toString());
            while (condition.find()) {
                conditions.add(condition.group(1));
            }
            assertThat(conditions).isEqualTo(names(DOCUMENT.path("Conditions")));
        }

        @Test
        @DisplayName("refers to a resource that isn't always there only where that one is there too")
        void conditions() {
            for (Map.Entry<String, String> same : Map.of("HasStateMachine", "HasQueue", "HasQueue", "HasStateMachine")
                    .entrySet()) {
                Set<String> others = new TreeSet<>();
                DOCUMENT.path("Resources").properties().forEach(resource -> {
                    if (resource.getValue().path("Condition").asText().equals(same.getValue())) {
                        others.add(resource.getKey());
                    }
                });
                DOCUMENT.path("Resources").forEach(resource -> {
                    if (resource.path("Condition").asText().equals(same.getKey())) {
                        Set<String> used = new TreeSet<>();
                        TemplateTest.references(resource, used);
                        assertThat(used.stream().map(name -> name.split("\\.")[0]))
                                .doesNotContainAnyElementsOf(others);
                    }
                });
            }
        }

        @Test
        @DisplayName(
                "is explained: every parameter has a sentence and a place in the console, and the docs know every setting")
        void explained() {
            DOCUMENT.path("Parameters").properties().forEach(parameter -> assertThat(
                            parameter.getValue().path("Description").asText())
                    .as(parameter.getKey())
                    .matches("(?s)[A-Z].{15,}\\."));
            Set<String> grouped = new TreeSet<>();
            DOCUMENT.at("/Metadata/AWS::CloudFormation::Interface/ParameterGroups")
                    .forEach(group -> grouped.addAll(texts(group.path("Parameters"))));
            assertThat(grouped).isEqualTo(names(DOCUMENT.path("Parameters")));
            String documentation = documentation();
            assertThat(names(variables()))
                    .allSatisfy(variable -> assertThat(documentation).contains(variable));
            assertThat(names(DOCUMENT.path("Parameters")))
                    .allSatisfy(parameter -> assertThat(documentation).contains(parameter));
        }

        @Test
        @DisplayName("has the parameters that deploy.md explains, each once and in the same order")
        void order() throws IOException {
            String page = Files.readString(Path.of("src", "docs", "deploy.md"));
            List<String> explained = new ArrayList<>();
            page.substring(page.indexOf("All parameters, in the template's order:"))
                    .lines()
                    .skip(4)
                    .takeWhile(line -> line.startsWith("|"))
                    .forEach(row -> Pattern.compile("`(\\w+)`")
                            .matcher(row.substring(0, row.indexOf('|', 1)))
                            .results()
                            .forEach(name -> explained.add(name.group(1))));
            List<String> declared = new ArrayList<>();
            DOCUMENT.path("Parameters").fieldNames().forEachRemaining(declared::add);
            assertThat(explained).isEqualTo(declared);
        }

        @Test
        @DisplayName(
                "is explained by commands that mean the same in zsh, which takes $STACK:l for lower case, and # for an argument")
        void commands() {
            assertThat(documentation()).doesNotContainPattern("\\$\\w+:").doesNotContainPattern("\\S +# ");
        }

        @Test
        @DisplayName(
                "names no partition of AWS, like the definitions beside it, and so deploys in GovCloud and China too")
        void partitions() {
            assertThat(walk(Path.of("infra")).filter(file -> !file.endsWith("samconfig.toml.example")))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("arn:aws:"));
        }

        @Test
        @DisplayName("has as many alarms as deploy.md counts in its cost")
        void cost() {
            DeployedStack stack = new DeployedStack();
            List<JsonNode> alarms = resourcesOf("AWS::CloudWatch::Alarm").keySet().stream()
                    .map(stack::properties)
                    .filter(JsonNode::isObject)
                    .toList();
            long counted = alarms.stream()
                    .filter(alarm -> alarm.has("Metrics"))
                    .mapToLong(alarm -> alarm.path("Metrics").size() - 1)
                    .sum();
            assertThat(counted).isEqualTo(9);
            assertThat(documentation())
                    .contains("| alarms: " + alarms.size()
                            + " with the state machine, of which one counts nine metrics | "
                            + String.format(Locale.ROOT, "%.2f", (alarms.size() - 1 + counted) / 10.0) + " |");
        }

        @Test
        @DisplayName("names no registry, no machine and no person")
        void clean() throws IOException {
            try (Stream<Path> files = Stream.of("infra", "src/test/node", ".github", "src/docs")
                    .map(Path::of)
                    .flatMap(TemplateTest::walk)) {
                for (Path file :
                        files.filter(path -> !path.toString().endsWith(".png")).toList()) {
                    assertThat(Files.readString(file))
                            .as(file.toString())
                            .doesNotContain(
                                    "/root/", "/home/", "deb.debian", "maven.org", "registry.npmjs", "\"resolved\"");
                }
            }
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder).filter(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    @DisplayName("the functions")
    class Functions {

        @Test
        @DisplayName("get every setting that the code has and no other, and none that is there and empty")
        void environment() {
            Set<String> settings = new TreeSet<>();
            for (Setting setting : Setting.values()) {
                settings.add(setting.name());
            }
            Set<String> set = names(variables());
            set.remove("JAVA_TOOL_OPTIONS");
            assertThat(set).isEqualTo(settings);

            DOCUMENT.path("Parameters").properties().forEach(parameter -> {
                boolean mayBeEmpty = parameter.getValue().has("Default")
                        && parameter.getValue().path("Default").asText().isEmpty();
                variables().properties().forEach(variable -> {
                    if (variable.getValue().path("Ref").asText().equals(parameter.getKey())) {
                        assertThat(mayBeEmpty).as(variable.getKey()).isFalse();
                    }
                });
            });
        }

        private String variable(String property) {
            return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }

        @Test
        @DisplayName("are the artifact and the handler that the build makes")
        void artifact() {
            JsonNode properties = DOCUMENT.at("/Globals/Function");
            assertThat(Template.PATH
                            .resolveSibling(properties.path("CodeUri").asText())
                            .normalize())
                    .isEqualTo(Path.of("target", "function.zip"));
            String handler = properties.path("Handler").asText();
            assertThat(handler).endsWith("::handleRequest");
            assertThat(Thread.currentThread()
                            .getContextClassLoader()
                            .getResource(handler.split("::")[0].replace('.', '/') + ".class"))
                    .isNotNull();
        }

        @Test
        @DisplayName(
                "may have a share of the concurrency each, so that files never take the callers' place, and need none")
        void shares() {
            for (String share : List.of("HttpConcurrency", "FileConcurrency")) {
                assertThat(DOCUMENT.at("/Parameters/" + share + "/Default").asText())
                        .isEqualTo("0");
                assertThat(List.of("0", "2", "900")).allMatch(value -> allows(share, value));
                // The condition wouldn't take it for 0, and a function with a share of none never runs.
                for (String wrong : List.of("00", "01", "2.5", "-1", "")) {
                    assertThat(allows(share, wrong)).as(wrong).isFalse();
                }
            }
            assertThat(allows("HttpConcurrency", "1")).isTrue();
            assertThat(List.of("2", "9", "10", "99", "100", "999", "1000"))
                    .as("the range of an event source's MaximumConcurrency, to which it goes with FilesThrough=Queue")
                    .allMatch(value -> allows("FileConcurrency", value));
            assertThat(List.of("1", "1001", "2000", "10000")).noneMatch(value -> allows("FileConcurrency", value));
            Set<String> shares = new TreeSet<>();
            resourcesOf("AWS::Serverless::Function")
                    .values()
                    .forEach(function -> shares.add(function.at("/Properties/ReservedConcurrentExecutions/Fn::If/1/Ref")
                            .asText()));
            // Decisions are few.
            shares.remove("");
            assertThat(shares).containsExactly("FileConcurrency", "HttpConcurrency");
            assertThat(resource("QueueToFunction")
                            .at("/Properties/ScalingConfig/MaximumConcurrency/Fn::If/1/Ref")
                            .asText())
                    .isEqualTo("FileConcurrency");
            for (String caller : List.of("HttpIntegration", "HttpPermission", "Url")) {
                assertThat(resource(caller).toString())
                        .contains("ImportFunction")
                        .doesNotContain("FileFunction");
            }
        }

        @Test
        @DisplayName("are told from each other's versions by alarms, which bring the old one back")
        void canary() {
            resourcesOf("AWS::Serverless::Function").values().forEach(function -> {
                JsonNode preference = function.at("/Properties/DeploymentPreference");
                assertThat(preference.at("/Type/Ref").asText()).isEqualTo("Deployment");
                assertThat(preference.path("Alarms").findValuesAsText("Ref"))
                        .as("what callers can ring would keep a release out, even the one that fixes it")
                        .containsExactly("CrashesAlarm");
            });
            assertThat(DOCUMENT.at("/Globals/Function/AutoPublishAlias").asText())
                    .isEqualTo("live");
        }
    }

    @Nested
    @DisplayName("what they may do")
    class Permissions {

        private static final Set<String> WITHOUT_RESOURCES = Set.of(
                "xray:PutTraceSegments",
                "xray:PutTelemetryRecords",
                "xray:GetSamplingRules",
                "xray:GetSamplingTargets",
                "logs:CreateLogDelivery",
                "logs:GetLogDelivery",
                "logs:UpdateLogDelivery",
                "logs:DeleteLogDelivery",
                "logs:ListLogDeliveries",
                "logs:PutResourcePolicy",
                "logs:DescribeResourcePolicies",
                "logs:DescribeLogGroups");

        @Test
        @DisplayName("has no wildcard action, and a wildcard resource only where AWS knows no resources")
        void leastPrivilege() {
            assertThat(resourcesOf("AWS::IAM::Role")).hasSize(8);
            for (String role : resourcesOf("AWS::IAM::Role").keySet()) {
                for (JsonNode statement : statements(role)) {
                    assertThat(statement.path("Action").toString()).doesNotContain("*");
                    JsonNode resources = statement.path("Resource");
                    for (JsonNode resource : resources.isArray() ? resources : List.of(resources)) {
                        if (resource.asText("").equals("*")) {
                            assertThat(WITHOUT_RESOURCES).containsAll(texts(statement.path("Action")));
                        }
                        if (resource.has("Fn::Sub")) {
                            JsonNode sub = resource.path("Fn::Sub");
                            assertThat(sub.isArray() ? sub.get(0).asText() : sub.asText())
                                    .as("a star only after a prefix")
                                    .matches(
                                            "[^*]+(/(imports|reports|work|state|state/idempotency)/\\*|/work/\\*/import[.]json|[$][{]MappingsPrefix}\\*)?");
                        }
                    }
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"ImportRole", "FileRole"})
        @DisplayName("is to read secrets of Secrets Manager and of SSM, and their key")
        void secrets(String role) {
            assertThat(actions(role)).contains("secretsmanager:GetSecretValue", "ssm:GetParameter", "kms:Decrypt");
        }

        @ParameterizedTest
        @ValueSource(strings = {"OktaTokenArn", "OktaPrivateKeyArn", "WebhookSecretArn", "WebhookSigningKeyArn"})
        @DisplayName(
                "is given by ARNs as AWS writes them, with the key of a JSON secret too, and never by the secret itself")
        void secretParameters(String parameter) {
            Pattern allowed = Pattern.compile(DOCUMENT.path("Parameters")
                    .path(parameter)
                    .path("AllowedPattern")
                    .asText());
            String secret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:okta-Ab12Cd";
            for (String arn : List.of(
                    "",
                    secret,
                    secret + ":key",
                    secret + ":key::",
                    "arn:aws:ssm:eu-central-1:123456789012:parameter/okta/key")) {
                assertThat(arn).matches(allowed);
            }
            for (String other : List.of(
                    "the key itself", secret + ":", secret + ":key:AWSCURRENT:", secret.replace("aws", "ews"))) {
                assertThat(other).doesNotMatch(allowed);
            }
        }

        /** What the code asks of AWS, by the words with which it asks. */
        private static final Map<String, Set<String>> ASKS = Map.of(
                "\\.headObject\\(", Set.of("s3:GetObject", "s3:GetObjectVersion"),
                "\\.getObject(AsBytes)?\\(", Set.of("s3:GetObject", "s3:GetObjectVersion"),
                "\\.putObject\\(", Set.of("s3:PutObject"),
                "\\.deleteObject\\(", Set.of("s3:DeleteObject"),
                "\\.listObjectsV2\\(", Set.of("s3:ListBucket"),
                "\\.getObjectTagging\\(", Set.of("s3:GetObjectTagging", "s3:GetObjectVersionTagging"),
                "\\.putObjectTagging\\(", Set.of("s3:PutObjectTagging", "s3:PutObjectVersionTagging"),
                "\"?AmazonSQS\\.(\\w+)\"|Action=SendMessage", Set.of("sqs:SendMessage"),
                "secretsmanager\\.GetSecretValue", Set.of("secretsmanager:GetSecretValue"),
                "AmazonSSM\\.GetParameter\\b", Set.of("ssm:GetParameter"));

        /** What Lambda, its poller and AWS's keys ask for in the role's name. */
        private static final Set<String> NOT_THE_CODES = Set.of(
                "logs:CreateLogStream",
                "logs:PutLogEvents",
                "xray:PutTraceSegments",
                "xray:PutTelemetryRecords",
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "kms:Decrypt",
                "kms:GenerateDataKey");

        @Test
        @DisplayName("is what the code does, and nothing else")
        void code() throws IOException {
            StringBuilder code = new StringBuilder();
            try (Stream<Path> sources = walk(Path.of("src", "main", "java"))) {
                for (Path source : sources.toList()) {
                    code.append(Files.readString(source));
                }
            }
            Set<String> done = new TreeSet<>();
            ASKS.forEach((asks, actions) -> {
                if (Pattern.compile(asks).matcher(code).find()) {
                    done.addAll(actions);
                }
            });
            assertThat(code.toString())
                    .as("calls of S3 that this test doesn't know")
                    .doesNotContainPattern(
                            "\\.(copyObject|deleteObjects|listObjects|listObjectVersions|createMultipartUpload|uploadPart|"
                                    + "getObjectAttributes|selectObjectContent)\\(");
            Set<String> allowed = actions("FileRole");
            allowed.removeAll(NOT_THE_CODES);
            assertThat(allowed).isEqualTo(done);
            assertThat(allowed).containsAll(withoutOthers(actions("ImportRole")));
        }

        private static Set<String> withoutOthers(Set<String> actions) {
            actions.removeAll(NOT_THE_CODES);
            return actions;
        }

        @ParameterizedTest
        @ValueSource(strings = {"ImportRole", "FileRole", "ImportMachineRole", "StartMachineRole", "CloseMachineRole"})
        @DisplayName("is to trace, so that Tracing deploys")
        void traces(String role) {
            assertThat(actions(role)).contains("xray:PutTraceSegments", "xray:PutTelemetryRecords");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ImportMachineRole", "StartMachineRole", "CloseMachineRole"})
        @DisplayName("is to sample, which Step Functions does itself; Lambda does it for a function")
        void samples(String role) {
            assertThat(actions(role)).contains("xray:GetSamplingRules", "xray:GetSamplingTargets");
        }
    }

    @Nested
    @DisplayName("the bucket, queues, topics and logs")
    class Data {

        @Test
        @DisplayName("are encrypted, keep the public out, and take TLS only")
        void encrypted() {
            assertThat(resourcesOf("AWS::S3::Bucket").values()).isNotEmpty().allSatisfy(bucket -> {
                assertThat(bucket.at("/Properties/BucketEncryption").isMissingNode())
                        .isFalse();
                assertThat(bucket.at("/Properties/PublicAccessBlockConfiguration"))
                        .hasSize(4)
                        .allMatch(JsonNode::asBoolean);
                assertThat(bucket.at("/Properties/VersioningConfiguration/Status")
                                .asText())
                        .isEqualTo("Enabled");
            });
            Map<String, JsonNode> policies = new TreeMap<>(resourcesOf("AWS::SQS::QueuePolicy"));
            policies.putAll(resourcesOf("AWS::S3::BucketPolicy"));
            policies.putAll(resourcesOf("AWS::SNS::TopicPolicy"));
            Map<String, JsonNode> keepers = new TreeMap<>(resourcesOf("AWS::SQS::Queue"));
            keepers.putAll(resourcesOf("AWS::SNS::Topic"));
            keepers.forEach((name, keeper) -> assertThat(
                            keeper.at("/Properties/KmsMasterKeyId").isMissingNode())
                    .as(name)
                    .isFalse());
            keepers.putAll(resourcesOf("AWS::S3::Bucket"));
            keepers.forEach(
                    (name, keeper) -> assertThat(policies.values()).as(name).anySatisfy(policy -> assertThat(
                                    policy.toString())
                            .contains("\"Ref\":\"" + name + "\"", "\"aws:SecureTransport\":\"false\"", "\"Deny\"")));
            assertThat(resourcesOf("AWS::Logs::LogGroup").values()).hasSize(3).allSatisfy(logs -> {
                assertThat(logs.at("/Properties/KmsKeyId").isMissingNode()).isFalse();
                assertThat(logs.at("/Properties/RetentionInDays").isMissingNode())
                        .isFalse();
            });
        }

        @Test
        @DisplayName("are kept as long as they are needed: work for days, state for ever, the rest as it is asked")
        void lifecycle() {
            Map<String, JsonNode> rules = new TreeMap<>();
            resource("Files")
                    .at("/Properties/LifecycleConfiguration/Rules")
                    .forEach(rule -> rules.put(rule.path("Id").asText(), rule));
            int week = Interpreter.definition("import").path("TimeoutSeconds").asInt() / 86_400;
            assertThat(rules.get("work").path("ExpirationInDays").asInt())
                    .as("work outlives the longest execution")
                    .isGreaterThan(week);
            assertThat(rules.get("state").has("ExpirationInDays")).isFalse();
            for (String kept : List.of("imports", "reports")) {
                assertThat(rules.get(kept).path("ExpirationInDays").path("Ref").asText())
                        .isEqualTo("ReportRetentionDays");
            }
        }

        @Test
        @DisplayName(
                "keep a mapping for ever: no rule expires what is under imports/ without the tag of an imported file")
        void mappings() {
            for (JsonNode rule : resource("Files").at("/Properties/LifecycleConfiguration/Rules")) {
                String prefix = rule.path("Prefix").asText();
                if (rule.has("ExpirationInDays") && ("imports/".startsWith(prefix) || prefix.startsWith("imports/"))) {
                    assertThat(rule.at("/TagFilters/0/Key").asText()).isEqualTo("bulk-user-import");
                    assertThat(rule.at("/TagFilters/0/Value").asText()).isEqualTo("file");
                }
            }
        }

        /** Without one of these CloudFormation refuses a rule; ExpiredObjectDeleteMarker isn't among them. */
        private static final List<String> ACTIONS = List.of(
                "AbortIncompleteMultipartUpload",
                "ExpirationDate",
                "ExpirationInDays",
                "NoncurrentVersionExpiration",
                "NoncurrentVersionTransitions",
                "Transitions");

        @Test
        @DisplayName("have lifecycle rules that CloudFormation takes, with one of the actions that it asks for")
        void actions() {
            for (JsonNode rule : resource("Files").at("/Properties/LifecycleConfiguration/Rules")) {
                assertThat(ACTIONS.stream().anyMatch(rule::has))
                        .as(rule.toString())
                        .isTrue();
                boolean filtered = rule.has("TagFilters");
                assertThat(filtered
                                && (rule.has("AbortIncompleteMultipartUpload")
                                        || rule.has("ExpiredObjectDeleteMarker")))
                        .as("S3 takes neither with a tag: " + rule)
                        .isFalse();
            }
        }

        @Test
        @DisplayName("outlive the stack but not a first create that failed, and another stack can take the bucket")
        void retained() {
            for (String kept : List.of("Files", "Key")) {
                assertThat(resource(kept).path("DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
            }
            assertThat(resource("Files").path("Condition").asText()).isEqualTo("HasOwnBucket");
            assertThat(DOCUMENT.at("/Conditions/HasOwnBucket").toString())
                    .isEqualTo("{\"Fn::Equals\":[{\"Ref\":\"ExistingBucket\"},\"\"]}");
        }

        @ParameterizedTest
        @CsvSource({
            "bulk-user-import, true",
            "a, true",
            "Bulk-User-Import, false",
            "abcdefghijabcdefghijabcdefghijabcdefghijab, true",
            "abcdefghijabcdefghijabcdefghijabcdefghijabc, false"
        })
        @DisplayName("are made only for a stack whose name a bucket's can begin with")
        void name(String stack, boolean fits) {
            JsonNode guard = resource("StackNameFits").path("Properties");
            assertThat(guard.at("/Value/Ref").asText()).isEqualTo("AWS::StackName");
            assertThat(stack.matches(guard.path("AllowedPattern").asText())).isEqualTo(fits);
            int longest = (stack + "-imports-123456789012").length();
            assertThat(longest <= 63 && stack.equals(stack.toLowerCase(Locale.ROOT)))
                    .isEqualTo(fits);
            assertThat(resource("Key").path("DependsOn").asText()).isEqualTo("StackNameFits");
        }
    }

    @Nested
    @DisplayName("a file's way")
    class Ways {

        @Test
        @DisplayName(
                "through the state machine: the rule starts the starter, the starter the import, dead letters take the rest")
        void stateMachine() {
            JsonNode rule = resource("FileArrived").path("Properties");
            assertThat(rule.at("/EventPattern/detail/object/key/0/prefix").asText())
                    .isEqualTo("imports/");
            assertThat(rule.at("/Targets/0/Arn/Ref").asText()).isEqualTo("StartMachine");
            assertThat(rule.at("/Targets/0/InputPath").asText()).isEqualTo("$.detail");
            assertThat(rule.at("/Targets/0/DeadLetterConfig/Arn/Fn::GetAtt").asText())
                    .isEqualTo("EventDeadLetters.Arn");
            assertThat(resource("Files")
                            .at("/Properties/NotificationConfiguration/EventBridgeConfiguration/Fn::If/0")
                            .asText())
                    .isEqualTo("HasStateMachine");
        }

        @ParameterizedTest
        @CsvSource({"StartMachine, start", "ImportMachine, import", "CloseMachine, close"})
        @DisplayName("through state machines whose definitions get all that they ask for, and may call what they call")
        void definitions(String machine, String name) throws IOException {
            JsonNode properties = resource(machine).path("Properties");
            Path definition = Template.PATH.resolveSibling(
                    properties.path("DefinitionUri").asText());
            assertThat(definition).isEqualTo(Path.of("infra", name + ".asl.json"));
            Set<String> asked = new TreeSet<>();
            Matcher substitution = Pattern.compile("\\$\\{(\\w+)}").matcher(Files.readString(definition));
            while (substitution.find()) {
                asked.add(substitution.group(1));
            }
            assertThat(names(properties.path("DefinitionSubstitutions"))).isEqualTo(asked);
            assertThat(properties.at("/DefinitionSubstitutions/Partition/Ref").asText())
                    .isEqualTo("AWS::Partition");

            Map<String, String> needs = Map.of(
                    "arn:aws:states:::lambda:invoke", "lambda:InvokeFunction",
                    "arn:aws:states:::events:putEvents", "events:PutEvents",
                    "arn:aws:states:::states:startExecution", "states:StartExecution");
            Set<String> allowed = actions(machine + "Role");
            allowed.removeIf(action -> action.startsWith("xray:") || action.startsWith("logs:"));
            Set<String> needed = new TreeSet<>();
            Interpreter.definition(name).path("States").forEach(state -> {
                if (state.has("Resource")) {
                    needed.add(needs.get(state.path("Resource").asText()));
                }
            });
            assertThat(allowed).isEqualTo(needed);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ImportFinished", "DecisionNeeded"})
        @DisplayName("ends in mails about this stack's files alone, whoever else puts events on the bus")
        void ownEvents(String rule) {
            JsonNode prefix = resource(rule).at("/Properties/EventPattern/detail/report/0/prefix/Fn::Sub");
            assertThat(prefix.path(0).asText()).isEqualTo("s3://${Bucket}/");
            assertThat(prefix.at("/1/Bucket"))
                    .isEqualTo(DOCUMENT.at("/Globals/Function/Environment/Variables/IMPORT_REPORT_BUCKET"));
        }

        @Test
        @DisplayName("through the state machine leaves no names and no data in its log")
        void quietLog() {
            JsonNode logging = resource("ImportMachine").at("/Properties/Logging");
            assertThat(logging.path("IncludeExecutionData").asBoolean(true)).isFalse();
            assertThat(logging.path("Level").asText()).isEqualTo("ERROR");
        }

        @Test
        @DisplayName("through the queue: six times the function's time, a dead-letter queue and partial batches")
        void queue() {
            int timeout = resource("FileFunction").at("/Properties/Timeout").asInt();
            assertThat(resource("Notifications")
                            .at("/Properties/VisibilityTimeout")
                            .asInt())
                    .isEqualTo(6 * timeout);
            assertThat(resource("Notifications")
                            .at("/Properties/RedrivePolicy/deadLetterTargetArn/Fn::GetAtt")
                            .asText())
                    .isEqualTo("DeadLetters.Arn");
            assertThat(resource("QueueToFunction")
                            .at("/Properties/FunctionResponseTypes/0")
                            .asText())
                    .isEqualTo("ReportBatchItemFailures");
            assertThat(resource("Files")
                            .at(
                                    "/Properties/NotificationConfiguration/QueueConfigurations/Fn::If/1/0/Filter/S3Key/Rules/0/Value")
                            .asText())
                    .isEqualTo("imports/");
            assertThat(actions("FileRole")).contains("sqs:SendMessage");
        }
    }

    @Nested
    @DisplayName("the HTTP API")
    class Http {

        private static final Map<String, String> OPEN =
                Map.of("PageRoute", "GET /", "PageCallsRoute", "POST /applications/{applicationId}/inspect");

        @Test
        @DisplayName(
                "has one route for all, one for the root and one for decisions, which nobody takes without a signature or a token")
        void route() {
            Map<String, JsonNode> routes = resourcesOf("AWS::ApiGatewayV2::Route");
            OPEN.keySet().forEach(routes::remove);
            assertThat(routes.values()).hasSize(3).allSatisfy(route -> {
                assertThat(route.at("/Properties/RouteKey").asText())
                        .isIn("$default", "POST /", "POST /imports/{importId}/decision");
                assertThat(route.at("/Properties/AuthorizationType/Fn::If/1").asText())
                        .isEqualTo("JWT");
                assertThat(route.at("/Properties/AuthorizationType/Fn::If/2").asText())
                        .isEqualTo("AWS_IAM");
            });
            assertThat(resource("Url").at("/Properties/AuthType").asText()).isEqualTo("AWS_IAM");
        }

        @Test
        @DisplayName(
                "takes an import at the root below a custom domain's base path, from the same callers as elsewhere")
        void root() {
            ObjectNode root = resource("HttpRootRoute").deepCopy();
            assertThat(root.at("/Properties/RouteKey").asText()).isEqualTo("POST /");
            ((ObjectNode) root.path("Properties")).put("RouteKey", "$default");
            assertThat(root).isEqualTo(resource("HttpRoute"));
        }

        @ParameterizedTest
        @CsvSource({
            "false, IAM, false, false",
            "false, IAM, true, false",
            "true, IAM, true, true",
            "true, JWT, true, true",
            "true, IAM, false, false",
            "true, none, true, false"
        })
        @DisplayName("is open for the page and its calls alone, where there is a secret that the function asks for")
        void page(String offered, String authorization, boolean secret, boolean open) {
            DeployedStack stack = new DeployedStack(
                    "OfferPage", offered, "HttpAuthorization", authorization, "WebhookSecretArn", secret ? SECRET : "");
            OPEN.forEach((name, key) -> {
                JsonNode route = stack.properties(name);
                assertThat(route.isObject()).as(name).isEqualTo(open);
                if (open) {
                    assertThat(route.path("RouteKey").asText()).isEqualTo(key);
                    assertThat(route.path("AuthorizationType").asText()).isEqualTo("NONE");
                    assertThat(route.path("Target").asText()).isEqualTo("integrations/ref:HttpIntegration");
                }
            });
            JsonNode settings = stack.properties("ImportFunction").at("/Environment/Variables");
            assertThat(settings.path("IMPORT_WEBHOOK_SECRET").asText()).isEqualTo(secret ? SECRET : "");
            assertThat(settings.path("IMPORT_PAGE").asText()).isEqualTo(offered);
        }

        @Test
        @DisplayName("has the routes that the page's script calls")
        void pageCalls() throws IOException {
            Matcher call = Pattern.compile("fetch\\(base \\+ (.+?), \\{method: '(\\w+)'")
                    .matcher(Files.readString(Path.of("src", "main", "resources", "page", "inspect.js")));
            Set<String> calls = new TreeSet<>();
            while (call.find()) {
                String path = call.group(1).replaceAll("' \\+ encodeURIComponent.+? \\+ '", "{applicationId}");
                calls.add(call.group(2) + " /" + path.replace("'", ""));
            }
            assertThat(calls).containsExactly(OPEN.get("PageCallsRoute"));
        }

        @ParameterizedTest
        @CsvSource({
            "true, IAM, '', '', WebhookSecretArn",
            "true, JWT, '', '', WebhookSecretArn",
            "true, IAM, secret, key, WebhookSigningKeyArn",
            "true, IAM, secret, '', ''",
            "true, none, '', '', ''",
            "false, IAM, '', '', ''",
            "false, IAM, '', key, ''"
        })
        @DisplayName("is refused with a page that nobody could use, or everybody")
        void unusablePage(String offered, String authorization, String secret, String key, String missing) {
            List<String> refusals = new DeployedStack(
                            "OktaClientId",
                            "0oa1client",
                            "OktaPrivateKeyArn",
                            SECRET,
                            "JwtIssuer",
                            "https://dev.okta.com/oauth2/default",
                            "OfferPage",
                            offered,
                            "HttpAuthorization",
                            authorization,
                            "WebhookSecretArn",
                            secret.isEmpty() ? "" : SECRET,
                            "WebhookSigningKeyArn",
                            key.isEmpty() ? "" : SECRET)
                    .refusals();
            assertThat(refusals).hasSize(missing.isEmpty() ? 0 : 1);
            assertThat(String.join("", refusals)).contains(missing.isEmpty() ? "" : "OfferPage needs " + missing);
        }

        @Test
        @DisplayName("logs who asked for what, and no header or query")
        void accessLog() throws IOException {
            String format = resource("HttpStage")
                    .at("/Properties/AccessLogSettings/Format")
                    .asText();
            assertThat(JSON.readTree(format)).isNotEmpty();
            assertThat(format).doesNotContain("header", "query", "body");
        }
    }

    @Nested
    @DisplayName("the alarms and the dashboard")
    class Watch {

        @Test
        @DisplayName("watch metrics that somebody writes")
        void metrics() throws IOException {
            Set<String> written = new TreeSet<>();
            Matcher names = Pattern.compile("Metric\\.\\w+\\(\"(\\w+)\"")
                    .matcher(Files.readString(Path.of("src/main/java/dev/bulkuserimport/metrics/MetricLine.java")));
            while (names.find()) {
                written.add(names.group(1));
            }
            Set<String> watched = new TreeSet<>();
            JsonNode body = resource("Dashboard").at("/Properties/DashboardBody/Fn::Sub/0");
            Matcher widgets = Pattern.compile("\"BulkUserImport\", \"(\\w+)\"").matcher(body.asText());
            while (widgets.find()) {
                watched.add(widgets.group(1));
            }
            Set<String> operations = new TreeSet<>();
            assertThat(JSON.readTree(body.asText()).path("widgets"))
                    .hasSize(6)
                    .allSatisfy(widget -> widget.at("/properties/metrics").forEach(metric -> {
                        if (metric.get(0).asText().equals("BulkUserImport")) {
                            assertThat(metric.get(2).asText()).isEqualTo("Stack");
                            assertThat(metric.get(3).asText()).isEqualTo("${AWS::StackName}");
                            if (metric.path(4).asText().equals("Operation")) {
                                operations.add(metric.get(5).asText());
                            }
                        }
                    }));
            assertThat(operations)
                    .isEqualTo(Stream.of(ImportOperation.values())
                            .map(ImportOperation::name)
                            .collect(Collectors.toCollection(TreeSet::new)));
            Set<String> filtered = new TreeSet<>();
            resourcesOf("AWS::Logs::MetricFilter")
                    .values()
                    .forEach(filter -> filtered.add(filter.at("/Properties/MetricTransformations/0/MetricName")
                            .asText()));
            Set<String> own = new TreeSet<>();
            for (JsonNode alarm : resourcesOf("AWS::CloudWatch::Alarm").values()) {
                JsonNode namespace = alarm.at("/Properties/Namespace");
                if (namespace.asText().equals("BulkUserImport")) {
                    assertThat(alarm.at("/Properties/Dimensions").toString())
                            .as("a test stack's imports ring no other stack's alarms")
                            .isEqualTo("[{\"Name\":\"Stack\",\"Value\":{\"Ref\":\"AWS::StackName\"}}]");
                }
                String metric = alarm.at("/Properties/MetricName").asText();
                if (namespace.asText().equals("BulkUserImport")) {
                    watched.add(metric);
                } else if (namespace.path("Ref").asText().equals("AWS::StackName")) {
                    own.add(metric);
                }
            }
            assertThat(watched).isEqualTo(written);
            assertThat(own).isEqualTo(filtered);
        }

        @Test
        @DisplayName("have each its section in the runbook, which says what it means, what to ask and what to do")
        void runbook() throws IOException {
            String operations = Files.readString(Path.of("src", "docs", "operations.md"));
            for (JsonNode alarm : resourcesOf("AWS::CloudWatch::Alarm").values()) {
                String description = alarm.at("/Properties/AlarmDescription").asText();
                Matcher section =
                        Pattern.compile("See \"(.+?)\" in the runbook\\.$").matcher(description);
                assertThat(section.find()).as(description).isTrue();
                int start = operations.indexOf("\n### " + section.group(1) + "\n");
                assertThat(start).as(section.group(1)).isNotNegative();
                int end = operations.indexOf("\n### ", start + 1);
                assertThat(operations.substring(start, end < 0 ? operations.length() : end))
                        .contains("**Means**", "**Ask**", "**Do**");
                assertThat(alarm.at("/Properties/TreatMissingData").asText()).isEqualTo("notBreaching");
                assertThat(alarm.at("/Properties/AlarmActions/Fn::If/0").asText())
                        .isEqualTo("HasAlarmTopic");
            }
        }

        @ParameterizedTest
        @CsvSource({"DurationAlarm, ImportFunction", "FileDurationAlarm, FileFunction"})
        @DisplayName("ring when an invocation took four fifths of its time")
        void duration(String alarm, String function) {
            assertThat(resource(alarm).at("/Properties/Threshold").asInt())
                    .isEqualTo(resource(function).at("/Properties/Timeout").asInt() * 800);
            assertThat(resource(alarm).at("/Properties/Dimensions/0/Value/Ref").asText())
                    .isEqualTo(function);
        }

        @Test
        @DisplayName(
                "let two files wait for somebody else's session in Okta, each of which errs at every attempt, and not a third")
        void errors() {
            int most = 0;
            for (JsonNode state : Interpreter.definition("import").path("States")) {
                JsonNode retry = state.at("/Retry/0");
                if (retry.path("ErrorEquals").toString().contains("SessionConflict")) {
                    most = Math.max(most, attemptsInAnHour(retry));
                }
            }
            assertThat(resource("FileErrorsAlarm").at("/Properties/Period").asInt())
                    .isEqualTo(3600);
            assertThat(resource("FileErrorsAlarm").at("/Properties/Threshold").asInt())
                    .isGreaterThan(2 * most)
                    .isLessThanOrEqualTo(3 * most);
        }

        private static int attemptsInAnHour(JsonNode retry) {
            double pause = retry.path("IntervalSeconds").asDouble();
            int attempts = 0;
            for (double at = 0; at < 3600; attempts++) {
                at += Math.min(pause, retry.path("MaxDelaySeconds").asDouble(pause));
                pause *= retry.path("BackoffRate").asDouble();
            }
            return attempts;
        }

        /** Whether one of the filters that count crashes takes a line of the log, field by field as CloudWatch does it. */
        private boolean isCrash(String line) {
            String[] fields = line.split(" ");
            return resourcesOf("AWS::Logs::MetricFilter").values().stream()
                    .map(filter -> filter.at("/Properties/FilterPattern").asText())
                    .filter(pattern -> pattern.startsWith("["))
                    .anyMatch(pattern -> {
                        List<String> wanted = List.of(
                                pattern.substring(1, pattern.length() - 1).split(", "));
                        boolean open = wanted.get(wanted.size() - 1).equals("...");
                        int count = open ? wanted.size() - 1 : wanted.size();
                        boolean fits = open ? fields.length >= count : fields.length == count;
                        for (int i = 0; fits && i < count; i++) {
                            String[] field = wanted.get(i).split("=", 2);
                            String value = field.length == 1 ? "*" : field[1].replace("\"", "");
                            fits = fields[i].matches(Pattern.quote(value).replace("*", "\\E.*\\Q"));
                        }
                        return fits;
                    });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2026-11-30T02:00:00.000Z 5c7f8f4e-1111-4222-8333-444455556666 Task timed out after 900.05 seconds",
                    "RequestId: 5c7f8f4e-1111-4222-8333-444455556666 Error: Runtime exited with error: signal: killed",
                    "RequestId: 5c7f8f4e-1111-4222-8333-444455556666 Error: Runtime exited without providing a reason"
                })
        @DisplayName("count what Lambda prints of a function that broke off")
        void crashes(String line) {
            assertThat(isCrash(line)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2026-11-30 02:00:00,000 INFO  [import] (main) progress imports/0oa1/snapshot/Task timed out after 3.00 seconds.csv",
                    "2026-11-30 02:00:00,000 WARN  [import] (main) bucket/imports/Runtime.ExitError.csv could not be read",
                    "2026-11-30 02:00:00,000 ERROR [import] (main) RequestId: x Error: y.csv",
                    "REPORT RequestId: 5c7f8f4e-1111-4222-8333-444455556666 Duration: 12.00 ms Billed Duration: 13 ms"
                })
        @DisplayName("take no file's name for a crash")
        void names(String line) {
            assertThat(isCrash(line)).isFalse();
        }

        @Test
        @DisplayName(
                "count a bug by the line with its stack trace, the only kind of line that this project logs as an error")
        void bugs() throws IOException {
            assertThat(resource("Bugs").at("/Properties/FilterPattern").asText())
                    .isEqualTo("{ $.level = \"ERROR\" && $.loggerName = \"dev.bulkuserimport.*\" }");
            assertThat(resourcesOf("AWS::Logs::MetricFilter").values().stream()
                            .filter(filter -> filter.at("/Properties/MetricTransformations/0/MetricName")
                                    .asText()
                                    .equals("Crashes"))
                            .map(filter ->
                                    filter.at("/Properties/FilterPattern").asText()))
                    .as("the metrics' line of the same bug isn't counted too")
                    .hasSize(3)
                    .noneMatch(pattern -> pattern.contains("$.problem"));
            List<String> errors = new ArrayList<>();
            try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
                for (Path source : sources.filter(Files::isRegularFile).toList()) {
                    Files.readString(source)
                            .lines()
                            .filter(line -> line.contains("LOG.error"))
                            .forEach(errors::add);
                }
            }
            assertThat(errors).isNotEmpty().allMatch(line -> line.contains("internal-error"));
        }

        @Test
        @DisplayName("ring for no preview, of which a guard stops nothing")
        void previews() {
            assertThat(resource("GuardStops").at("/Properties/FilterPattern").asText())
                    .contains("$.dryRun IS FALSE");
        }

        @Test
        @DisplayName("know every end of an execution, of all state machines")
        void executions() {
            String alarm = resource("ExecutionsAlarm").toString();
            for (String end : List.of("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted")) {
                assertThat(alarm.split(end, -1)).hasSize(4);
            }
            List<String> sums = new ArrayList<>();
            for (JsonNode metric : resource("ExecutionsAlarm").at("/Properties/Metrics")) {
                assertThat(metric.path("ReturnData").asBoolean()).isEqualTo(metric.has("Expression"));
                if (metric.has("Expression")) {
                    sums.add(metric.path("Expression").asText());
                }
            }
            assertThat(sums)
                    .as("of all of them, and a machine that hasn't run doesn't hide another's failure")
                    .containsExactly("SUM(FILL(METRICS(), 0))");
        }
    }
}
