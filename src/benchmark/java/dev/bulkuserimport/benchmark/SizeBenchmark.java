package dev.bulkuserimport.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.RuntimeApi;
import dev.bulkuserimport.embedded.S3MockProcess;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Files of 100,000 and 1,000,000 people: planned, imported, and held against the state of the last night with one percent changed. Beside
 * it the way without this function: the file split by hand into payloads of 10,000, each sent by an importer on Okta's Java SDK into a
 * session that somebody creates and starts.
 */
public final class SizeBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BUCKET = "benchmark-size";
    private static final int SESSION = 10_000;
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private final Path build;
    private final EmbeddedOkta okta = EmbeddedOkta.start();
    private final S3MockProcess mock;
    private final S3Client s3;
    private final Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    private int applications;

    private SizeBenchmark(Path build) {
        this.build = build;
        mock = new S3MockProcess(build);
        s3 = mock.client();
        s3.createBucket(bucket -> bucket.bucket(BUCKET));
    }

    /** Starts a subject's process. */
    @FunctionalInterface
    private interface Subject {
        FunctionProcess start();
    }

    public static void main(String[] arguments) throws Exception {
        Path build = Path.of(System.getProperty("build.directory", "target"));
        String nativeBuild = System.getProperty("benchmark.native", "");
        FunctionProcess.unpack(build);
        SizeBenchmark benchmark = new SizeBenchmark(build);
        Map<String, Subject> subjects = new LinkedHashMap<>();
        if (FunctionProcess.isNative(build)) {
            subjects.put("native, 512 MB", () -> benchmark.function(build, 512));
        } else {
            subjects.put("JVM, 1 GB", () -> benchmark.function(build, 1024));
        }
        if (!nativeBuild.isEmpty()) {
            FunctionProcess.unpack(Path.of(nativeBuild));
            subjects.put("native, 512 MB", () -> benchmark.function(Path.of(nativeBuild), 512));
        }
        int[] sizes = Arrays.stream(
                        System.getProperty("benchmark.sizes", "100000,1000000").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        for (int size : sizes) {
            Path file = benchmark.file(size, 0);
            Path next = benchmark.file(size, 100);
            for (Map.Entry<String, Subject> subject : subjects.entrySet()) {
                benchmark.import_(subject.getKey(), subject.getValue(), size, file);
                benchmark.snapshot(subject.getKey(), subject.getValue(), size, file, next);
            }
            benchmark.byHand(size);
            Files.delete(file);
            Files.delete(next);
        }
        benchmark.print();
        System.exit(0);
    }

    /** A file is planned, and all its sessions imported, followed and finished. */
    private void import_(String name, Subject subject, int size, Path file) throws Exception {
        String app = application();
        String key = "imports/" + app + "/create-and-update/people.csv";
        s3.putObject(object -> object.bucket(BUCKET).key(key), RequestBody.fromFile(file));
        String column = name + ", " + grouped(size);
        try (FunctionProcess process = subject.start()) {
            Timed plan = step(process, "planFile", file(key));
            tell(column, "planned, s", plan.seconds);
            tell(column, "peak memory of it, MB", process.peakMegabytes());
            Timed end = sessions(process, plan.answer);
            tell(column, "sessions imported, s", end.seconds);
            tell(column, "peak memory, MB", process.peakMegabytes());
            if (end.answer.path("recordsImported").asInt() != size) {
                throw new IllegalStateException(end.answer.toString());
            }
        }
    }

    /** The state of the last night is made from its file; the next one, of which one percent has changed, is planned and imported. */
    private void snapshot(String name, Subject subject, int size, Path last, Path next) throws Exception {
        String app = application();
        String lastKey = "imports/" + app + "/snapshot/last.csv";
        String nextKey = "imports/" + app + "/snapshot/next.csv";
        s3.putObject(object -> object.bucket(BUCKET).key(lastKey), RequestBody.fromFile(last));
        s3.putObject(object -> object.bucket(BUCKET).key(nextKey), RequestBody.fromFile(next));
        String column = name + ", " + grouped(size);
        try (FunctionProcess process = subject.start()) {
            ObjectNode rebuild = file(lastKey).put("applicationId", app);
            tell(column, "state made from a file, s", step(process, "rebuildState", rebuild).seconds);
            tell(column, "peak memory of that, MB", process.peakMegabytes());
        }
        try (FunctionProcess process = subject.start()) {
            Timed plan = step(process, "planFile", file(nextKey));
            tell(column, "snapshot with 1 % changed planned, s", plan.seconds);
            tell(column, "peak memory of the snapshot's plan, MB", process.peakMegabytes());
            if (plan.answer.path("users").asInt() != size / 100) {
                throw new IllegalStateException(plan.answer.toString());
            }
            tell(column, "its session imported, s", sessions(process, plan.answer).seconds);
            tell(column, "peak memory with it, MB", process.peakMegabytes());
        }
        long state = s3.listObjectsV2(list -> list.bucket(BUCKET).prefix("state/" + app + ".")).contents().stream()
                .mapToLong(object -> object.size())
                .sum();
        tell(column, "state, bytes a person", (double) state / size);
    }

    /** What one does without this function; nothing is checked, and of the file nothing is known but its lines. */
    private void byHand(int size) throws Exception {
        String app = application();
        String column = "by hand with Okta's Java SDK, " + grouped(size);
        try (FunctionProcess process = sdk()) {
            long begun = System.nanoTime();
            for (int from = 0; from < size; from += SESSION) {
                OktaSession session = okta.newSession(app);
                RuntimeApi.Result result =
                        process.api().invoke(payload(app, session.id(), from, Math.min(size, from + SESSION)), TIMEOUT);
                if (result.error()) {
                    throw new IllegalStateException(result.text() + process.printed());
                }
                session.status("COMPLETED");
            }
            tell(column, "sessions imported, s", (System.nanoTime() - begun) / 1e9);
            tell(column, "peak memory, MB", process.peakMegabytes());
        }
    }

    private String application() {
        String app = "0oaSize" + ++applications;
        okta.application(app).directoryOf(app).forgetProfiles();
        return app;
    }

    private record Timed(JsonNode answer, double seconds) {}

    private static Timed step(FunctionProcess process, String action, ObjectNode arguments) throws IOException {
        byte[] event = arguments.deepCopy().put("action", action).toString().getBytes(StandardCharsets.UTF_8);
        long begun = System.nanoTime();
        RuntimeApi.Result result = process.api().invoke(event, TIMEOUT);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (result.error()) {
            throw new IllegalStateException(result.text() + process.printed());
        }
        return new Timed(JSON.readTree(result.body()), seconds);
    }

    /** All sessions of a plan are imported and followed to their end, and the file finished; the last step's answer. */
    private static Timed sessions(FunctionProcess process, JsonNode plan) throws IOException {
        ObjectNode id =
                JSON.createObjectNode().put("importId", plan.path("importId").asText());
        long begun = System.nanoTime();
        for (JsonNode session : plan.path("sessions")) {
            ObjectNode one = id.deepCopy().set("number", session.path("number"));
            step(process, "importSession", one);
            require(step(process, "followSession", one).answer, "status", "COMPLETED");
        }
        Timed end = step(process, "finishFile", id);
        require(end.answer, "state", "COMPLETED");
        return new Timed(end.answer, (System.nanoTime() - begun) / 1e9);
    }

    private static void require(JsonNode answer, String member, String value) {
        if (!answer.path(member).asText().equals(value)) {
            throw new IllegalStateException(answer.toString());
        }
    }

    private static ObjectNode file(String key) {
        return JSON.createObjectNode().put("bucket", BUCKET).put("key", key);
    }

    /** A CSV with some 115 bytes a person; each {@code other}th person has another department, none where that is 0. */
    private Path file(int size, int other) throws IOException {
        Path file = Files.createTempFile(build, "people", ".csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("External ID,User Name,Email,First Name,Last Name,Mobile Phone,department\n");
            for (int i = 0; i < size; i++) {
                String department = other > 0 && i % other == 0 ? "Moved" : "Research " + i % 31;
                out.write("E-" + (1_000_000 + i) + ",user" + i + "@example.com,user" + i + "@example.com,Zoë" + i % 97
                        + ",Œuvre-" + i + ",+49 69 " + (1_000_000 + i) + "," + department + "\n");
            }
        }
        return file;
    }

    private static byte[] payload(String app, String session, int from, int to) {
        ObjectNode payload = JSON.createObjectNode()
                .put("applicationId", app)
                .put("importOperation", "CREATE_AND_UPDATE")
                .put("sessionId", session);
        for (int i = from; i < to; i++) {
            payload.withArray("users")
                    .addObject()
                    .put("externalId", "E-" + (1_000_000 + i))
                    .putObject("profile")
                    .put("userName", "user" + i + "@example.com")
                    .put("email", "user" + i + "@example.com")
                    .put("firstName", "Zoë" + i % 97)
                    .put("lastName", "Œuvre-" + i)
                    .put("mobilePhone", "+49 69 " + (1_000_000 + i))
                    .put("homeAddress", "Example Street 12")
                    .put("department", "Research " + i % 31);
        }
        return payload.toString().getBytes(StandardCharsets.UTF_8);
    }

    private FunctionProcess function(Path from, int megabytes) {
        List<String> options = new ArrayList<>(FunctionProcess.templateOptions());
        // What a function of this memory gives its heap at most: the rest is for code, threads and buffers.
        options.add("-Xmx" + megabytes * 3 / 4 + "m");
        return new FunctionProcess(from, Path.of(System.getProperty("java.home")), options, environment());
    }

    private FunctionProcess sdk() throws IOException {
        List<String> options = new ArrayList<>(FunctionProcess.templateOptions());
        options.add("-Xmx768m");
        return SdkProcess.start(build, options, environment());
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("OKTA_CLIENT_ORGURL", okta.url());
        environment.put("OKTA_CLIENT_TOKEN", EmbeddedOkta.TOKEN);
        environment.put("OKTA_TESTING_DISABLEHTTPSCHECK", "true");
        environment.put("AWS_ENDPOINT_URL_S3", mock.url());
        return environment;
    }

    private void tell(String column, String row, double value) {
        System.out.println(column + ": " + row + " " + String.format(Locale.ROOT, "%.1f", value));
        figures.computeIfAbsent(column, name -> new LinkedHashMap<>()).put(row, value);
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void print() {
        System.out.println("| figure | " + String.join(" | ", figures.keySet()) + " |");
        System.out.println("|---|" + "---|".repeat(figures.size()));
        List<String> rows = new ArrayList<>();
        figures.values().forEach(column -> column.keySet().stream()
                .filter(row -> !rows.contains(row))
                .forEach(rows::add));
        for (String row : rows) {
            System.out.println("| " + row + " | "
                    + figures.values().stream()
                            .map(column ->
                                    column.containsKey(row) ? String.format(Locale.ROOT, "%.1f", column.get(row)) : "–")
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
    }
}
