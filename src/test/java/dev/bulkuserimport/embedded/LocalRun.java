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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newcomer's first run: the built function under AWS's runtime client, an embedded Okta and a local S3 behind it and real HTTP before it.
 * Imports the bundled people over HTTP and as a file, says what became of them, and stays up. With {@code -Dlocal.file} it imports that file
 * instead. With {@code -Dlocal.once=true} it ends, with 1 where an import failed.
 */
public final class LocalRun {

    /** The application of imports over HTTP. */
    private static final String APP = "0oa3l6l6WK6h0R0QW0g4";

    /** What the bundled people have. */
    private static final OktaSchema SCHEMA = OktaSchema.standard()
            .custom("department")
            .custom("costCenter", "Cost center", "integer")
            .custom("fullTime", "Full time", "boolean");

    private static final String SAMPLE = "src/test/resources/samples/users.csv";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedOkta okta;
    private final LocalGateway gateway;

    private LocalRun(EmbeddedOkta okta, LocalGateway gateway) {
        this.okta = okta;
        this.gateway = gateway;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path build = Path.of(System.getProperty("build.directory", "target"));
        String file = System.getProperty("local.file", "");
        if (!file.isEmpty() && !(Files.isRegularFile(Path.of(file)) && Files.isReadable(Path.of(file)))) {
            System.out.println("There is no file " + Path.of(file).toAbsolutePath() + " that can be read.");
            System.exit(1);
        }
        EmbeddedOkta okta = EmbeddedOkta.start().schema(APP, SCHEMA);
        S3MockProcess s3 = new S3MockProcess(build);
        FunctionProcess function = new FunctionProcess(
                build,
                Path.of(System.getProperty("java.home")),
                FunctionProcess.templateOptions(),
                environment(okta, s3));
        Runtime.getRuntime().addShutdownHook(new Thread(function::close));
        Path folder = Files.createDirectories(build.resolve("local"));
        LocalGateway gateway = gateway(Integer.getInteger("local.port", 8080), function.api(), folder);
        System.out.println();
        System.out.println("The function runs, with an embedded Okta at " + okta.url() + ", behind " + gateway.url());
        System.out.println();
        LocalFile files = new LocalFile(okta, s3.client(), function, folder);
        gateway.imports(new LocalImports(files, folder));
        boolean imported = !file.isEmpty() || new LocalRun(okta, gateway).importSample();
        Path path = Path.of(file.isEmpty() ? SAMPLE : file);
        LocalFile.Imported end = files.run(path, "create-and-update", mappingBeside(path), System.out::println);
        end.page().ifPresent(page -> System.out.println("Open " + gateway.url() + LocalImports.address(page)));
        if (Boolean.getBoolean("local.once")) {
            System.exit(imported && end.completed() ? 0 : 1);
        }
        System.out.println();
        System.out.println(
                end.completed()
                        ? "Now try a file of your own. This page shows what would become of it, and proposes a mapping:"
                        : "Drop the file into this page: it shows what is wrong with it, and proposes a mapping for it:");
        System.out.println();
        System.out.println("    " + gateway.url() + "/");
        System.out.println();
        System.out.println("It stays up until Ctrl-C.");
        function.waitFor();
        System.exit(0);
    }

    private static Optional<Path> mappingBeside(Path file) {
        return Optional.of(file.resolveSibling("mapping.json")).filter(Files::exists);
    }

    /** Imports people over HTTP, and starts their session; whether Okta has them. */
    private boolean importSample() throws IOException {
        OktaSession session = okta.newSession(APP);
        ObjectNode payload;
        try (InputStream in = LocalRun.class.getResourceAsStream("/samples/users.json")) {
            payload = (ObjectNode) JSON.readTree(in);
        }
        payload.put("sessionId", session.id());
        System.out.println("POST " + gateway.url() + "/imports with "
                + LocalSummary.count(payload.path("users").size(), "user"));
        JsonNode answer = post("/imports", JSON.writeValueAsBytes(payload));
        System.out.println(answer);
        post("/applications/" + APP + "/sessions/" + session.id() + "/start-import", new byte[0]);
        int present = okta.directoryOf(APP).present().size();
        System.out.println("The embedded Okta has "
                + LocalSummary.count(present, "user") + ", from session " + session.id() + ", which is "
                + session.status() + ".");
        System.out.println("Another session for the curl lines of the README: "
                + okta.newSession(APP).id());
        System.out.println();
        return present == payload.path("users").size();
    }

    private JsonNode post(String path, byte[] body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(gateway.url() + path).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body);
        InputStream answer =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream();
        return JSON.readTree(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static LocalGateway gateway(int port, RuntimeApi function, Path folder) throws IOException {
        try {
            return new LocalGateway(port, function, folder);
        } catch (BindException e) {
            System.out.println("Port " + port + " is in use; another is taken (-Dlocal.port chooses one).");
            return new LocalGateway(0, function, folder);
        }
    }

    private static Map<String, String> environment(EmbeddedOkta okta, S3MockProcess s3) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OKTA_CLIENT_ORGURL", okta.url());
        environment.put("OKTA_CLIENT_TOKEN", EmbeddedOkta.TOKEN);
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        environment.put("AWS_ENDPOINT_URL_S3", s3.url());
        environment.put("IMPORT_PAGE", "true");
        return environment;
    }
}
