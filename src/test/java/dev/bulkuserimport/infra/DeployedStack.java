package dev.bulkuserimport.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The expanded template as CloudFormation resolves it for some parameters, and what its policies allow. */
final class DeployedStack {

    static final String BUCKET = "stack-imports-123456789012";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9:.]+)}");

    private final JsonNode template = ExpandedTemplate.read().path("template");
    private final Map<String, JsonNode> references = new HashMap<>();

    /** @param parameters names and values, in turn; all others have their defaults */
    DeployedStack(String... parameters) {
        references.putAll(Map.of(
                "AWS::Partition", TextNode.valueOf("aws"),
                "AWS::Region", TextNode.valueOf("eu-central-1"),
                "AWS::AccountId", TextNode.valueOf("123456789012"),
                "AWS::StackName", TextNode.valueOf("stack"),
                "AWS::URLSuffix", TextNode.valueOf("amazonaws.com"),
                "AWS::NoValue", MissingNode.getInstance()));
        template.path("Parameters").properties().forEach(parameter -> {
            String value = parameter.getValue().path("Default").asText();
            boolean isList = parameter.getValue().path("Type").asText().equals("CommaDelimitedList");
            references.put(parameter.getKey(), isList ? list(value) : TextNode.valueOf(value));
        });
        for (int i = 0; i < parameters.length; i += 2) {
            boolean isList = references.get(parameters[i]).isArray();
            references.put(parameters[i], isList ? list(parameters[i + 1]) : TextNode.valueOf(parameters[i + 1]));
        }
    }

    private static JsonNode list(String value) {
        ArrayNode list = JSON.createArrayNode();
        List.of(value.split(",", -1)).forEach(list::add);
        return list;
    }

    /** A resource's properties, resolved; missing where its condition doesn't hold. */
    JsonNode properties(String resource) {
        JsonNode declared = template.path("Resources").path(resource);
        boolean exists =
                !declared.has("Condition") || holds(declared.path("Condition").asText());
        return exists ? resolve(declared.path("Properties")) : MissingNode.getInstance();
    }

    /** Why CloudFormation refuses the parameters before it makes anything. */
    List<String> refusals() {
        List<String> refusals = new ArrayList<>();
        for (JsonNode rule : template.path("Rules")) {
            if (!rule.has("RuleCondition")
                    || resolve(rule.path("RuleCondition")).asBoolean()) {
                for (JsonNode assertion : rule.path("Assertions")) {
                    if (!resolve(assertion.path("Assert")).asBoolean()) {
                        refusals.add(assertion.path("AssertDescription").asText());
                    }
                }
            }
        }
        return refusals;
    }

    /** What a role may do, each as an action and a resource. */
    Set<String> grants(String role) {
        Set<String> grants = new TreeSet<>();
        for (JsonNode policy : properties(role).path("Policies")) {
            for (JsonNode statement : policy.at("/PolicyDocument/Statement")) {
                for (String action : texts(statement.path("Action"))) {
                    for (String resource : texts(statement.path("Resource"))) {
                        grants.add(action + " " + resource);
                    }
                }
            }
        }
        return grants;
    }

    /** Whether a role may do something with an object of the bucket, or with the bucket where the key is empty. */
    boolean allows(String role, String action, String key) {
        String resource = "arn:aws:s3:::" + BUCKET + (key.isEmpty() ? "" : "/" + key);
        return granting(grants(role), action, resource).isPresent();
    }

    /** The grant, of those of a role, that allows an action on a resource. */
    static Optional<String> granting(Set<String> grants, String action, String resource) {
        return grants.stream()
                .filter(grant -> grant.startsWith(action + " "))
                .filter(grant -> matches(grant.substring(action.length() + 1), resource))
                .findFirst();
    }

    /** Whether the bucket's policy denies an action on a key to someone whose own policies allow everything. */
    boolean bucketDenies(String principal, String action, String key) {
        String resource = "arn:aws:s3:::" + BUCKET + "/" + key;
        for (JsonNode statement : properties("FilesPolicy").at("/PolicyDocument/Statement")) {
            JsonNode except = statement.at("/Condition/ArnNotEquals/aws:PrincipalArn");
            if (statement.path("Effect").asText().equals("Deny")
                    && !except.isMissingNode()
                    && texts(statement.path("Action")).contains(action)
                    && texts(statement.path("Resource")).stream().anyMatch(pattern -> matches(pattern, resource))
                    && !texts(except).contains(principal)) {
                return true;
            }
        }
        return false;
    }

    static Set<String> texts(JsonNode oneOrMore) {
        return StreamSupport.stream((oneOrMore.isArray() ? oneOrMore : List.of(oneOrMore)).spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether something is meant by a pattern of IAM, in which a star stands for anything. */
    static boolean matches(String pattern, String resource) {
        return resource.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    private boolean holds(String condition) {
        return resolve(template.path("Conditions").path(condition)).asBoolean();
    }

    private JsonNode resolve(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            node.forEach(element -> {
                JsonNode resolved = resolve(element);
                if (!resolved.isMissingNode()) {
                    array.add(resolved);
                }
            });
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.size() == 1) {
            String function = node.fieldNames().next();
            if (function.equals("Ref") || function.startsWith("Fn::") || function.equals("Condition")) {
                return call(function, node.path(function), node);
            }
        }
        ObjectNode object = JSON.createObjectNode();
        node.properties().forEach(field -> {
            JsonNode resolved = resolve(field.getValue());
            if (!resolved.isMissingNode()) {
                object.set(field.getKey(), resolved);
            }
        });
        return object;
    }

    private JsonNode call(String function, JsonNode argument, JsonNode whole) {
        return switch (function) {
            case "Ref" -> references.getOrDefault(argument.asText(), TextNode.valueOf("ref:" + argument.asText()));
            case "Fn::GetAtt" ->
                TextNode.valueOf("att:"
                        + (argument.isArray()
                                ? argument.get(0).asText() + "."
                                        + argument.get(1).asText()
                                : argument.asText()));
            case "Fn::If" -> resolve(argument.get(holds(argument.get(0).asText()) ? 1 : 2));
            // A condition's name; a policy has conditions of another kind.
            case "Condition" -> argument.isTextual() ? truth(holds(argument.asText())) : resolveMembers(whole);
            case "Fn::Equals" ->
                truth(resolve(argument.get(0))
                        .asText()
                        .equals(resolve(argument.get(1)).asText()));
            case "Fn::Not" -> truth(!resolve(argument.get(0)).asBoolean());
            case "Fn::Or" -> truth(all(argument).stream().anyMatch(JsonNode::asBoolean));
            case "Fn::And" -> truth(all(argument).stream().allMatch(JsonNode::asBoolean));
            case "Fn::Join" ->
                TextNode.valueOf(StreamSupport.stream(resolve(argument.get(1)).spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(argument.get(0).asText())));
            case "Fn::Split" -> {
                ArrayNode parts = JSON.createArrayNode();
                List.of(resolve(argument.get(1))
                                .asText()
                                .split(Pattern.quote(argument.get(0).asText()), -1))
                        .forEach(parts::add);
                yield parts;
            }
            case "Fn::Select" -> resolve(argument.get(1)).get(argument.get(0).asInt());
            case "Fn::Sub" -> substitute(argument);
            default -> throw new IllegalArgumentException(function);
        };
    }

    private JsonNode resolveMembers(JsonNode object) {
        ObjectNode resolved = JSON.createObjectNode();
        object.properties().forEach(field -> resolved.set(field.getKey(), resolve(field.getValue())));
        return resolved;
    }

    private List<JsonNode> all(JsonNode conditions) {
        List<JsonNode> resolved = new ArrayList<>();
        conditions.forEach(condition -> resolved.add(resolve(condition)));
        return resolved;
    }

    private JsonNode substitute(JsonNode argument) {
        JsonNode own = argument.isArray() ? resolve(argument.get(1)) : JSON.createObjectNode();
        String text = argument.isArray() ? argument.get(0).asText() : argument.asText();
        Matcher variable = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (variable.find()) {
            String name = variable.group(1);
            JsonNode value = own.has(name)
                    ? own.get(name)
                    : references.getOrDefault(name, TextNode.valueOf((name.contains(".") ? "att:" : "ref:") + name));
            variable.appendReplacement(result, Matcher.quoteReplacement(value.asText()));
        }
        return TextNode.valueOf(variable.appendTail(result).toString());
    }

    private static JsonNode truth(boolean value) {
        return JSON.getNodeFactory().booleanNode(value);
    }
}
