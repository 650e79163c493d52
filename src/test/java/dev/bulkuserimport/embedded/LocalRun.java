package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The newcomer's first run: the built function under AWS's runtime client, an embedded Okta behind it and real HTTP before it. Imports the
 * bundled sample, prints the answer and stays up. With a file as its argument it puts that file into a local S3 bucket instead, as an HR
 * system would, takes it through the state machine's steps, into as many sessions as it needs, and prints the report.
 */
public final class LocalRun {

    static final String APP = "0oa3l6l6WK6h0R0QW0g4";
    private static final String BUCKET = "hr-imports";

    /** What the examples of the page Your HR export make: an HR system's people have more than Okta's seven properties. */
    private static final OktaSchema SCHEMA = OktaSchema.standard()
            .custom(
                    "department",
                    "costCenter",
                    "employeeNumber",
                    "title",
                    "division",
                    "location",
                    "hireDate",
                    "company",
                    "manager",
                    "displayName");

    /** Okta's documents say five minutes. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private static final ObjectMapper JSON = new ObjectMapper();

    private LocalRun() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path build = Path.of(System.getProperty("build.directory", "target"));
        boolean once = Boolean.getBoolean("local.once");
        int port = Integer.getInteger("local.port", 8080);
        String file = System.getProperty("local.file", "");
        EmbeddedOkta okta = EmbeddedOkta.start().schema(APP, SCHEMA);
        OktaSession session = okta.newSession(APP);
        S3MockProcess s3 = file.isEmpty() ? null : new S3MockProcess(build);
        FunctionProcess function = new FunctionProcess(
                build,
                Path.of(System.getProperty("java.home")),
                FunctionProcess.templateOptions(),
                environment(okta, s3));
        Runtime.getRuntime().addShutdownHook(new Thread(function::close));
        LocalGateway gateway = gateway(port, function.api());
        System.out.println();
        System.out.println("The function runs, with an embedded Okta at " + okta.url() + ", behind " + gateway.url());
        if (s3 == null) {
            importSample(gateway, session);
            OktaSession next = okta.newSession(APP);
            System.out.println("Another session for the curl lines of the README: " + next.id());
        } else {
            importFile(s3, Path.of(file), function, okta);
        }
        if (!once) {
            System.out.println("It stays up until Ctrl-C.");
            function.waitFor();
        }
        System.exit(0);
    }

    private static void importSample(LocalGateway gateway, OktaSession session) throws IOException {
        ObjectNode payload;
        try (InputStream in = LocalRun.class.getResourceAsStream("/samples/users.json")) {
            payload = (ObjectNode) JSON.readTree(in);
        }
        payload.put("sessionId", session.id());
        System.out.println("POST " + gateway.url() + "/imports with "
                + payload.path("users").size() + " users");
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(gateway.url() + "/imports").toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(JSON.writeValueAsBytes(payload));
        int status = connection.getResponseCode();
        InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        System.out.println(status + " " + new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        System.out.println("The embedded Okta holds " + session.users().size() + " users in session " + session.id()
                + ", which is " + session.status() + ".");
        System.out.println();
    }

    private static void importFile(S3MockProcess process, Path file, FunctionProcess function, EmbeddedOkta okta)
            throws IOException {
        S3Client s3 = process.client();
        okta.sessionsOf(APP).forEach(session -> session.status("CLOSED"));
        s3.createBucket(bucket -> bucket.bucket(BUCKET));
        String key = "imports/" + APP + "/create-and-update/" + file.getFileName();
        putMappingBeside(file, s3);
        String eTag = s3.putObject(
                        object -> object.bucket(BUCKET).key(key), RequestBody.fromBytes(Files.readAllBytes(file)))
                .eTag()
                .replace("\"", "");
        System.out.println("Put " + file + " into the bucket as " + key);
        okta.pauseBetweenSessions(APP, PAUSE);
        System.out.println(
                "It goes through the steps of the state machine. Okta may let minutes pass between two sessions of an"
                        + " application; this one here takes the next after " + PAUSE.toSeconds() + " seconds.");
        JsonNode summary = new LocalSteps(function, System.out::println)
                .run(JSON.createObjectNode()
                        .put("bucket", BUCKET)
                        .put("key", key)
                        .put("eTag", eTag));
        System.out.println("The report:");
        String report = summary.path("report").asText().replace("s3://" + BUCKET + "/", "");
        System.out.println(JSON.readTree(
                        s3.getObjectAsBytes(object -> object.bucket(BUCKET).key(report))
                                .asByteArray())
                .toPrettyString());
        System.out.println("The embedded Okta has "
                + okta.directoryOf(APP).present().size() + " users, from "
                + okta.sessionsOf(APP).stream()
                        .filter(session -> session.status().equals("COMPLETED"))
                        .count()
                + " sessions.");
    }

    /** A {@code mapping.json} beside the file goes where the function looks for it. */
    private static void putMappingBeside(Path file, S3Client s3) throws IOException {
        Path mapping = file.resolveSibling("mapping.json");
        if (Files.exists(mapping)) {
            String key = "imports/" + APP + "/mapping.json";
            s3.putObject(object -> object.bucket(BUCKET).key(key), RequestBody.fromBytes(Files.readAllBytes(mapping)));
            System.out.println("Put " + mapping + " into the bucket as " + key);
        }
    }

    private static LocalGateway gateway(int port, RuntimeApi function) throws IOException {
        try {
            return new LocalGateway(port, function);
        } catch (BindException e) {
            System.out.println("Port " + port + " is in use; another is taken (-Dlocal.port chooses one).");
            return new LocalGateway(0, function);
        }
    }

    private static Map<String, String> environment(EmbeddedOkta okta, S3MockProcess s3) {
        Map<String, String> environment = new java.util.HashMap<>();
        environment.put("OKTA_CLIENT_ORGURL", okta.url());
        environment.put("OKTA_CLIENT_TOKEN", EmbeddedOkta.TOKEN);
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        if (s3 != null) {
            environment.put("AWS_ENDPOINT_URL_S3", s3.url());
        }
        return environment;
    }
}
