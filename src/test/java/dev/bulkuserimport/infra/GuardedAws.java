package dev.bulkuserimport.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulkuserimport.embedded.FaultyS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * AWS as one function of the deployed stack sees it: S3, Secrets Manager, Parameter Store and SQS refuse what the function's role and the
 * bucket's policy don't allow, and it is recorded which grants the function uses.
 *
 * <p>Source of what a request needs: "Actions, resources, and condition keys" of each service in the Service Authorization Reference, and
 * for a write with {@code If-Match} "Add preconditions to S3 operations with conditional requests" in the S3 User Guide.
 */
final class GuardedAws implements AutoCloseable, FaultyS3.Permissions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String role;
    private final Map<String, String> secrets;
    private final FaultyS3 door;
    private final HttpServer services;
    private final Set<String> used = new TreeSet<>();
    private final List<String> denied = new ArrayList<>();
    private DeployedStack stack;
    private Set<String> grants;

    /**
     * @param role the logical ID of the function's role
     * @param secrets values by the ARNs of their secrets and parameters
     */
    GuardedAws(String s3, DeployedStack stack, String role, Map<String, String> secrets) {
        this.role = role;
        this.secrets = secrets;
        this.stack = stack;
        this.grants = stack.grants(role);
        door = new FaultyS3(s3);
        door.permissions(this);
        try {
            services = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        services.createContext("/", this::serve);
        services.start();
    }

    @Override
    public void close() {
        door.close();
        services.stop(0);
    }

    /** What the SDK and the signed calls must be told to come here. */
    Map<String, String> endpoints() {
        return Map.of(
                "AWS_ENDPOINT_URL_S3",
                door.url(),
                "AWS_ENDPOINT_URL",
                "http://127.0.0.1:" + services.getAddress().getPort());
    }

    /** The stack is deployed with other parameters from now on. */
    synchronized void redeployed(DeployedStack as) {
        stack = as;
        grants = as.grants(role);
    }

    /** The grants that were used so far. */
    synchronized Set<String> used() {
        return new TreeSet<>(used);
    }

    /** What was refused so far, each as an action and a resource; and forgets it. */
    synchronized List<String> takeDenied() {
        List<String> taken = List.copyOf(denied);
        denied.clear();
        return taken;
    }

    @Override
    public boolean allow(String line, String head) {
        List<String> refused =
                needed(line, head).stream().filter(call -> !allow(call)).toList();
        return refused.isEmpty();
    }

    @Override
    public synchronized boolean mayList() {
        return grants.stream().anyMatch(grant -> grant.startsWith("s3:ListBucket "));
    }

    private synchronized boolean allow(String call) {
        String action = call.substring(0, call.indexOf(' '));
        String resource = call.substring(action.length() + 1);
        Optional<String> grant =
                DeployedStack.granting(grants, action, resource).filter(found -> !isDeniedByBucket(action, resource));
        grant.ifPresentOrElse(used::add, () -> denied.add(call));
        return grant.isPresent();
    }

    private boolean isDeniedByBucket(String action, String resource) {
        String objects = "arn:aws:s3:::" + DeployedStack.BUCKET + "/";
        return resource.startsWith(objects)
                && stack.bucketDenies("att:" + role + ".Arn", action, resource.substring(objects.length()));
    }

    /** What a request to S3 needs, each as an action and a resource. */
    private static List<String> needed(String line, String head) {
        String method = line.substring(0, line.indexOf(' '));
        String[] target = line.substring(method.length() + 1).split("\\?", 2);
        List<String> query = target.length < 2
                ? List.of()
                : Arrays.stream(target[1].split("&"))
                        .map(parameter -> parameter.replaceFirst("=.*", ""))
                        .toList();
        String resource =
                "arn:aws:s3:::" + URLDecoder.decode(target[0].substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        String object = "Object" + (query.contains("versionId") ? "Version" : "")
                + (query.contains("tagging") ? "Tagging" : "");
        List<String> needed = new ArrayList<>();
        switch (method) {
            case "GET", "HEAD" ->
                needed.add((resource.contains("/") ? "s3:Get" + object : "s3:ListBucket") + " " + resource);
            case "PUT" -> needed.add("s3:Put" + object + " " + resource);
            case "DELETE" -> needed.add("s3:Delete" + object + " " + resource);
            default -> needed.add("s3:" + method + " " + resource);
        }
        if (method.equals("PUT") && head.toLowerCase(Locale.ROOT).contains("\r\nif-match:")) {
            needed.add("s3:GetObject " + resource);
        }
        return needed;
    }

    private void serve(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        ObjectNode answer = JSON.createObjectNode();
        String call;
        switch (target) {
            case "secretsmanager.GetSecretValue" -> {
                String arn = request.path("SecretId").asText();
                call = "secretsmanager:GetSecretValue " + arn;
                answer.put("SecretString", secrets.get(arn));
            }
            case "AmazonSSM.GetParameter" -> {
                String arn = request.path("Name").asText();
                call = "ssm:GetParameter " + arn;
                answer.putObject("Parameter").put("Value", secrets.get(arn));
            }
            case "AmazonSQS.SendMessage" -> {
                String url = request.path("QueueUrl").asText();
                call = "sqs:SendMessage att:" + url.substring(url.lastIndexOf('/') + 1) + ".Arn";
                answer.put("MessageId", "1");
            }
            default -> call = target + " " + request;
        }
        boolean allowed = allow(call);
        if (!allowed) {
            answer.removeAll().put("__type", "AccessDeniedException");
        }
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(allowed ? 200 : 400, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
