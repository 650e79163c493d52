package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.acceptance.OpenApi;
import dev.bulkuserimport.config.ImportConfig;
import dev.bulkuserimport.config.OktaConfig;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

@DisplayName("template.yaml")
class TemplateTest {

    private static final Path TEMPLATE = Path.of("infra", "template.yaml");
    private static final JsonNode DOCUMENT = read();

    /** CloudFormation's short forms ({@code !Ref} and so on) become its long ones. */
    private static final class Intrinsics extends SafeConstructor {
        Intrinsics() {
            super(new LoaderOptions());
            for (String name : List.of(
                    "Ref",
                    "Sub",
                    "GetAtt",
                    "If",
                    "Equals",
                    "Not",
                    "Or",
                    "And",
                    "Condition",
                    "Join",
                    "Select",
                    "Split")) {
                String key = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
                yamlConstructors.put(new Tag("!" + name), new org.yaml.snakeyaml.constructor.AbstractConstruct() {
                    @Override
                    public Object construct(Node node) {
                        node.setTag(
                                node instanceof ScalarNode
                                        ? Tag.STR
                                        : node instanceof SequenceNode ? Tag.SEQ : Tag.MAP);
                        Object value = node instanceof ScalarNode scalar
                                ? scalar.getValue()
                                : node instanceof SequenceNode sequence
                                        ? constructSequence(sequence)
                                        : constructMapping((MappingNode) node);
                        return Map.of(key, value);
                    }
                });
            }
        }
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().valueToTree(new Yaml(new Intrinsics()).load(Files.readString(TEMPLATE)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode resource(String name) {
        return DOCUMENT.path("Resources").path(name);
    }

    private static List<JsonNode> resourcesOf(String type) {
        List<JsonNode> found = new ArrayList<>();
        DOCUMENT.path("Resources").forEach(resource -> {
            if (resource.path("Type").asText().equals(type)) {
                found.add(resource);
            }
        });
        return found;
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
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
            Matcher names = Pattern.compile("\\$\\{([^}!]+)}")
                    .matcher(node.get("Fn::Sub").asText());
            while (names.find()) {
                into.add(names.group(1));
            }
        }
        node.forEach(child -> references(child, into));
    }

    @Test
    @DisplayName("refers only to parameters, resources and conditions that exist, and uses all of them")
    void references() {
        Set<String> known = names(DOCUMENT.path("Parameters"));
        known.addAll(names(DOCUMENT.path("Resources")));
        Set<String> used = new TreeSet<>();
        for (String part : List.of("Resources", "Conditions", "Outputs")) {
            references(DOCUMENT.path(part), used);
        }
        Set<String> roots = used.stream()
                .filter(name -> !name.startsWith("AWS::"))
                .map(name -> name.split("\\.")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).containsAll(roots);
        assertThat(roots).containsAll(names(DOCUMENT.path("Parameters")));

        Set<String> conditions = new TreeSet<>();
        Matcher condition =
                Pattern.compile("\"(?:Fn::If\":\\[|Condition\":)\"(\\w+)\"").matcher(DOCUMENT.toString());
        while (condition.find()) {
            conditions.add(condition.group(1));
        }
        assertThat(conditions).isEqualTo(names(DOCUMENT.path("Conditions")));
    }

    @Test
    @DisplayName("sets every setting that the function has, and no other")
    void environment() {
        Set<String> settings = new TreeSet<>();
        for (Method method : OktaConfig.class.getMethods()) {
            WithName name = method.getAnnotation(WithName.class);
            settings.add(("okta.client." + (name == null ? method.getName() : name.value()))
                    .replaceAll("[^A-Za-z0-9]", "_")
                    .toUpperCase(Locale.ROOT));
        }
        for (Method method : ImportConfig.class.getMethods()) {
            settings.add(("import." + method.getName().replaceAll("([A-Z])", "-$1"))
                    .replaceAll("[^A-Za-z0-9]", "_")
                    .toUpperCase(Locale.ROOT));
        }
        Set<String> variables = names(resource("ImportFunction").at("/Properties/Environment/Variables"));
        variables.remove("JAVA_TOOL_OPTIONS");
        assertThat(variables).isEqualTo(settings);
    }

    @Test
    @DisplayName("names the artifact and the handler that the build makes")
    void artifact() throws IOException {
        JsonNode properties = resource("ImportFunction").path("Properties");
        assertThat(TEMPLATE.resolveSibling(properties.path("CodeUri").asText()).normalize())
                .isEqualTo(Path.of("target", "function.zip"));
        String handler = properties.path("Handler").asText();
        assertThat(handler).endsWith("::handleRequest");
        assertThat(Thread.currentThread()
                        .getContextClassLoader()
                        .getResource(handler.split("::")[0].replace('.', '/') + ".class"))
                .isNotNull();
    }

    @Test
    @DisplayName("has the routes of the OpenAPI description")
    void routes() {
        Set<String> described = new TreeSet<>();
        routes(OpenApi.document().path("paths"), described);
        Set<String> deployed = new TreeSet<>();
        for (JsonNode route : resourcesOf("AWS::ApiGatewayV2::Route")) {
            String[] key = route.at("/Properties/RouteKey").asText().split(" ");
            deployed.add(key[0].toLowerCase(Locale.ROOT) + " " + key[1]);
            assertThat(route.at("/Properties/AuthorizationType/Fn::If/2").asText())
                    .as("nobody calls without a signature or a token")
                    .isEqualTo("AWS_IAM");
        }
        assertThat(deployed).isEqualTo(described);
    }

    private static void routes(JsonNode paths, Set<String> into) {
        paths.fields().forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method -> {
            if (!method.equals("parameters")) {
                into.add(method + " " + path.getKey());
            }
        }));
    }

    @Test
    @DisplayName("gives the function's role no wildcard action and no wildcard resource")
    void leastPrivilege() {
        JsonNode statements = resource("ImportRole").at("/Properties/Policies/0/PolicyDocument/Statement");
        assertThat(statements).isNotEmpty();
        for (JsonNode statement : statements) {
            JsonNode actual = statement.has("Fn::If") ? statement.at("/Fn::If/1") : statement;
            assertThat(actual.path("Action").toString()).doesNotContain("*");
            JsonNode resources = actual.path("Resource");
            for (JsonNode resource : resources.isArray() ? resources : List.of(resources)) {
                assertThat(resource.asText("")).isNotEqualTo("*");
                if (resource.has("Fn::Sub")) {
                    assertThat(resource.path("Fn::Sub").asText())
                            .as("a star only after a prefix")
                            .matches("[^*]+(/(imports|reports)/\\*)?");
                }
            }
        }
    }

    @Test
    @DisplayName("encrypts every bucket, queue and log, keeps the public out and takes TLS only")
    void encrypted() {
        assertThat(resourcesOf("AWS::S3::Bucket")).isNotEmpty().allSatisfy(bucket -> {
            assertThat(bucket.at("/Properties/BucketEncryption").isMissingNode())
                    .isFalse();
            assertThat(bucket.at("/Properties/PublicAccessBlockConfiguration"))
                    .hasSize(4)
                    .allMatch(JsonNode::asBoolean);
            assertThat(bucket.at("/Properties/VersioningConfiguration/Status").asText())
                    .isEqualTo("Enabled");
        });
        assertThat(resourcesOf("AWS::SQS::Queue")).hasSize(2).allSatisfy(queue -> assertThat(
                        queue.at("/Properties/KmsMasterKeyId").isMissingNode())
                .isFalse());
        assertThat(resourcesOf("AWS::Logs::LogGroup")).hasSize(1).allSatisfy(logs -> {
            assertThat(logs.at("/Properties/KmsKeyId").isMissingNode()).isFalse();
            assertThat(logs.at("/Properties/RetentionInDays").isMissingNode()).isFalse();
        });
        assertThat(resource("FilesPolicy").toString()).contains("aws:SecureTransport");
    }

    @Test
    @DisplayName("gives SQS six times the function's time, a dead-letter queue and partial batches")
    void queue() {
        int timeout = resource("ImportFunction").at("/Properties/Timeout").asInt();
        assertThat(resource("Notifications").at("/Properties/VisibilityTimeout").asInt())
                .isEqualTo(6 * timeout);
        assertThat(resource("Notifications")
                        .at("/Properties/RedrivePolicy/deadLetterTargetArn/Fn::GetAtt")
                        .asText())
                .isEqualTo("DeadLetters.Arn");
        assertThat(resource("ImportFunction")
                        .at("/Properties/Events/Files/Properties/FunctionResponseTypes/0")
                        .asText())
                .isEqualTo("ReportBatchItemFailures");
        assertThat(resource("Files")
                        .at("/Properties/NotificationConfiguration/QueueConfigurations/0/Filter/S3Key/Rules/0/Value")
                        .asText())
                .isEqualTo("imports/");
    }

    @Test
    @DisplayName("watches metrics that the function writes, and each alarm has its lines in the runbook")
    void metrics() throws IOException {
        Set<String> written = new TreeSet<>();
        Matcher names = Pattern.compile("\\\\\"Name\\\\\":\\\\\"(\\w+)\\\\\"")
                .matcher(Files.readString(Path.of("src/main/java/dev/bulkuserimport/metrics/MetricLine.java")));
        while (names.find()) {
            written.add(names.group(1));
        }
        Set<String> watched = new TreeSet<>();
        Matcher widgets = Pattern.compile("\"BulkUserImport\", \"(\\w+)\"")
                .matcher(resource("Dashboard")
                        .at("/Properties/DashboardBody/Fn::Sub")
                        .asText());
        while (widgets.find()) {
            watched.add(widgets.group(1));
        }
        String readme = Files.readString(Path.of("README.md"));
        for (JsonNode alarm : resourcesOf("AWS::CloudWatch::Alarm")) {
            if (alarm.at("/Properties/Namespace").asText().equals("BulkUserImport")) {
                watched.add(alarm.at("/Properties/MetricName").asText());
            }
            Matcher runbook = Pattern.compile("See \"(.+?)\"")
                    .matcher(alarm.at("/Properties/AlarmDescription").asText());
            assertThat(runbook.find()).isTrue();
            assertThat(readme).contains("**" + runbook.group(1) + "**");
        }
        assertThat(watched).isEqualTo(written);
        assertThat(new ObjectMapper()
                        .readTree(resource("Dashboard")
                                .at("/Properties/DashboardBody/Fn::Sub")
                                .asText())
                        .path("widgets"))
                .isNotEmpty();
    }

    @Test
    @DisplayName("is explained: every parameter is described or has choices, and the README knows every setting")
    void explained() throws IOException {
        for (Iterator<Map.Entry<String, JsonNode>> i =
                        DOCUMENT.path("Parameters").fields();
                i.hasNext(); ) {
            Map.Entry<String, JsonNode> parameter = i.next();
            assertThat(parameter.getValue().has("Description")
                            || parameter.getValue().has("AllowedValues"))
                    .as(parameter.getKey())
                    .isTrue();
        }
        String readme = Files.readString(Path.of("README.md"));
        Set<String> variables = names(resource("ImportFunction").at("/Properties/Environment/Variables"));
        assertThat(variables).allSatisfy(variable -> assertThat(readme).contains(variable));
    }

    @Test
    @DisplayName("names no registry, no machine and no person in what is kept")
    void clean() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("infra"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain("/root/", "/home/", "deb.debian", "maven.org");
            }
        }
    }
}
