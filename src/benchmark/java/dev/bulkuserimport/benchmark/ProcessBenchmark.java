package dev.bulkuserimport.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.RuntimeApi;
import dev.bulkuserimport.embedded.S3Event;
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
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Whole processes behind Lambda's Runtime API: cold start to the first answered import, warm imports of 10,000 users at several latencies
 * of Okta, CPU time and peak memory; the function beside an importer on Okta's Java SDK.
 */
public final class ProcessBenchmark {

    private static final String APP = "0oaBenchmark";
    private static final int USERS = 10_000;
    private static final int COLD_STARTS = 30;

    /** The importer beside which all others are measured. */
    private static final String SDK = "Okta's Java SDK";

    /** From {@code -Dbenchmark.before}; measured with direct imports alone. */
    private static final String BEFORE = "an earlier version, native";

    /** Quarkus' three extensions and nothing on them; built from {@code src/benchmark/stub}. */
    private static final String STUB = "bare stub, native";

    private static final int WARM_UPS = 6;
    private static final int WARM_RUNS = 5;
    private static final double TICKS_A_SECOND = 100;

    private static final String BUCKET = "benchmark";

    private final EmbeddedOkta okta = EmbeddedOkta.start();
    private int applications;
    private int nights;
    private int files;
    private final Map<String, Map<String, Double>> figures = new LinkedHashMap<>();

    private ProcessBenchmark() {
        okta.application(APP);
    }

    /** Starts a subject's process. */
    @FunctionalInterface
    private interface Subject {
        FunctionProcess start(Map<String, String> more) throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        Path build = Path.of(System.getProperty("build.directory", "target"));
        String nativeBuild = System.getProperty("benchmark.native", "");
        FunctionProcess.unpack(build);
        ProcessBenchmark benchmark = new ProcessBenchmark();
        Map<String, Subject> subjects = new LinkedHashMap<>();
        subjects.put(SDK, more -> SdkProcess.start(build, jvmOptions(List.of()), benchmark.environment(more)));
        if (FunctionProcess.isNative(build)) {
            subjects.put("function, native", more -> benchmark.function(build, List.of(), more));
        } else {
            subjects.put("function, JVM", more -> benchmark.function(build, List.of(), more));
            Path archive = benchmark.archive(build);
            subjects.put("function, JVM with archive", more -> benchmark.archived(build, archive, more));
        }
        if (!nativeBuild.isEmpty()) {
            FunctionProcess.unpack(Path.of(nativeBuild));
            subjects.put("function, native", more -> benchmark.function(Path.of(nativeBuild), List.of(), more));
        }
        String before = System.getProperty("benchmark.before", "");
        if (!before.isEmpty()) {
            FunctionProcess.unpack(Path.of(before));
            subjects.put(BEFORE, more -> benchmark.function(Path.of(before), List.of(), more));
        }
        benchmark.starts(subjects);
        for (Map.Entry<String, Subject> subject : subjects.entrySet()) {
            benchmark.measure(subject.getKey(), subject.getValue());
        }
        if (!Boolean.getBoolean("benchmark.skip.csv")) {
            benchmark.files(build, subjects);
        }
        benchmark.print();
        System.exit(0);
    }

    private void measure(String name, Subject subject) throws Exception {
        System.out.println("measuring " + name);
        Map<String, Double> row = figures.computeIfAbsent(name, n -> new LinkedHashMap<>());
        try (FunctionProcess process = subject.start(Map.of())) {
            for (int i = 0; i < WARM_UPS; i++) {
                require(process.api().invoke(payload(USERS), Duration.ofSeconds(60)), process);
            }
            for (int latency : new int[] {0, 50, 300}) {
                okta.latencyMillis(latency);
                double[] times = new double[WARM_RUNS];
                double cpu = cpuSeconds(process);
                for (int i = 0; i < WARM_RUNS; i++) {
                    byte[] payload = payload(USERS);
                    long begun = System.nanoTime();
                    RuntimeApi.Result result = process.api().invoke(payload, Duration.ofSeconds(60));
                    times[i] = (System.nanoTime() - begun) / 1e6;
                    require(result, process);
                }
                row.put("10,000 users at " + latency + " ms, ms", median(times));
                if (latency == 50) {
                    row.put("CPU of it, ms", (cpuSeconds(process) - cpu) * 1000 / WARM_RUNS);
                }
                okta.latencyMillis(0);
            }
            okta.liveTimes(APP, 1);
            row.put("10,000 users at Okta's own times, ms", fastest(process, USERS));
            okta.latencyMillis(0);
            for (int users : new int[] {10, 1_000}) {
                okta.latencyMillis(50);
                row.put(users + " users at 50 ms, ms", fastest(process, users));
                okta.latencyMillis(0);
            }
            row.put("peak memory, MB", process.peakMegabytes());
        }
    }

    private double fastest(FunctionProcess process, int users) {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < WARM_UPS; i++) {
            byte[] payload = payload(users);
            long begun = System.nanoTime();
            require(process.api().invoke(payload, Duration.ofSeconds(60)), process);
            least = Math.min(least, (System.nanoTime() - begun) / 1e6);
        }
        return least;
    }

    /**
     * Cold starts, one of each subject in turn, so that a busy minute of the machine meets all of them; beside them a bare stub's, where
     * there is one.
     */
    private void starts(Map<String, Subject> subjects) throws Exception {
        Map<String, Subject> all = new LinkedHashMap<>(subjects);
        String stub = System.getProperty("benchmark.stub", "");
        if (!stub.isEmpty()) {
            FunctionProcess.unpack(Path.of(stub));
            all.put(STUB, more -> function(Path.of(stub), List.of(), more));
        }
        Map<String, double[][]> times = new LinkedHashMap<>();
        all.keySet().forEach(name -> times.put(name, new double[3][COLD_STARTS]));
        for (int i = 0; i < COLD_STARTS; i++) {
            for (Map.Entry<String, Subject> subject : all.entrySet()) {
                double[][] taken = times.get(subject.getKey());
                try (FunctionProcess process = subject.getValue().start(Map.of())) {
                    RuntimeApi.Result result = process.api().invoke(payload(10), Duration.ofSeconds(60));
                    taken[1][i] = (System.nanoTime() - process.started()) / 1e6;
                    if (!subject.getKey().equals(STUB)) {
                        require(result, process);
                    }
                    taken[0][i] = process.untilFirstPoll() / 1e6;
                    taken[2][i] = process.peakMegabytes();
                }
            }
        }
        times.forEach((name, taken) -> {
            Map<String, Double> row = figures.computeIfAbsent(name, n -> new LinkedHashMap<>());
            row.put("first poll, ms", median(taken[0]));
            row.put("fastest first poll, ms", Arrays.stream(taken[0]).min().orElseThrow());
            row.put("first answer, ms", median(taken[1]));
            row.put("memory after it, MB", median(taken[2]));
        });
    }

    private byte[] payload(int users) {
        OktaSession session = okta.newSession(APP);
        return Payloads.json(APP, session.id(), users);
    }

    private static void require(RuntimeApi.Result result, FunctionProcess process) {
        if (result.error() || !result.text().contains("recordsImported")) {
            throw new IllegalStateException(result.text() + process.printed());
        }
    }

    /** What files take, beside an S3 of their own; an importer on Okta's SDK reads none. */
    private void files(Path build, Map<String, Subject> subjects) throws Exception {
        try (S3MockProcess s3 = new S3MockProcess(build)) {
            s3.client().createBucket(bucket -> bucket.bucket(BUCKET));
            for (Map.Entry<String, Subject> subject : subjects.entrySet()) {
                if (!subject.getKey().equals(SDK) && !subject.getKey().equals(BEFORE)) {
                    Map<String, String> storage = Map.of("AWS_ENDPOINT_URL_S3", s3.url());
                    Map<String, Double> row = figures.get(subject.getKey());
                    forms(row, s3.client(), () -> subject.getValue().start(storage));
                    csv(build, row, s3.client(), () -> subject.getValue().start(storage));
                }
            }
        }
    }

    /** Starts a subject's process that may read files. */
    @FunctionalInterface
    private interface WithStorage {
        FunctionProcess start() throws IOException;
    }

    /** CPU time of 10,000 users in each form that they come in, the cheapest of some imports of a warm process. */
    private void forms(Map<String, Double> row, S3Client s3, WithStorage subject) throws IOException {
        try (FunctionProcess process = subject.start()) {
            row.put("CPU, direct payload, ms", cheapest(process, () -> payload(USERS)));
            row.put("CPU, HTTP event, ms", cheapest(process, () -> httpEvent(payload(USERS))));
            byte[] csv = Exports.csv(USERS);
            row.put("CPU, CSV, ms", cheapest(process, () -> file(s3, "people.csv", csv, false)));
            row.put("CPU, CSV with a mapping, ms", cheapest(process, () -> file(s3, "people.csv", csv, true)));
            byte[] xlsx = Exports.xlsx(USERS);
            row.put("CPU, xlsx, ms", cheapest(process, () -> file(s3, "people.xlsx", xlsx, false)));
            String app = newApplication();
            row.put("CPU, snapshot with 1 % changed, ms", cheapest(process, () -> night(s3, app)));
            row.put("peak memory of all forms, MB", process.peakMegabytes());
        }
    }

    /** Makes an event of one more import. */
    @FunctionalInterface
    private interface NextEvent {
        byte[] make() throws IOException;
    }

    private static double cheapest(FunctionProcess process, NextEvent events) throws IOException {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < WARM_UPS; i++) {
            byte[] event = events.make();
            double before = cpuSeconds(process);
            require(process.api().invoke(event, Duration.ofSeconds(60)), process);
            least = Math.min(least, (cpuSeconds(process) - before) * 1000);
        }
        return least;
    }

    private static byte[] httpEvent(byte[] payload) throws IOException {
        ObjectMapper json = new ObjectMapper();
        return json.writeValueAsBytes(json.createObjectNode()
                .put("version", "2.0")
                .put("rawPath", "/imports")
                .put("body", new String(payload, StandardCharsets.UTF_8))
                .put("isBase64Encoded", false)
                .set(
                        "requestContext",
                        json.createObjectNode()
                                .put("requestId", "benchmark")
                                .set(
                                        "http",
                                        json.createObjectNode()
                                                .put("method", "POST")
                                                .put("path", "/imports"))));
    }

    /** A file for an application of its own, which has no session in the way. */
    private byte[] file(S3Client s3, String name, byte[] content, boolean mapped) {
        String folder = "imports/" + newApplication() + "/create-and-update/";
        if (mapped) {
            s3.putObject(
                    object -> object.bucket(BUCKET).key(folder + "mapping.json"),
                    RequestBody.fromString(Exports.MAPPING));
        }
        return put(s3, folder + name, content);
    }

    /** The whole export once more, in which one of a hundred people has another title than in the last; the first makes the state. */
    private byte[] night(S3Client s3, String app) {
        okta.sessionsOf(app).forEach(session -> session.status("CLOSED"));
        return put(s3, "imports/" + app + "/snapshot/people.csv", Exports.csv(USERS, "Title of night " + ++nights));
    }

    private String newApplication() {
        String app = "0oaForm" + ++applications;
        okta.application(app);
        okta.schema(
                app,
                OktaSchema.standard()
                        .custom("department", "costCenter", "manager", "title", "employeeNumber", "notes")
                        .custom("displayName", "company"));
        return app;
    }

    private static byte[] put(S3Client s3, String key, byte[] content) {
        String eTag = s3.putObject(object -> object.bucket(BUCKET).key(key), RequestBody.fromBytes(content))
                .eTag();
        return S3Event.of(BUCKET, key).eTag(eTag).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Peak memory of a small file against one of 200 MB, which is refused after it was read. */
    private void csv(Path build, Map<String, Double> row, S3Client s3, WithStorage subject) throws IOException {
        for (int megabytes : new int[] {2, 200}) {
            Path file = csvFile(build, megabytes);
            String key = "imports/" + APP + "/create-and-update/" + ++files + ".csv";
            String eTag = s3.putObject(object -> object.bucket(BUCKET).key(key), RequestBody.fromFile(file))
                    .eTag();
            okta.sessionsOf(APP).forEach(session -> session.status("CLOSED"));
            try (FunctionProcess process = subject.start()) {
                byte[] event = S3Event.of(BUCKET, key).eTag(eTag).toString().getBytes(StandardCharsets.UTF_8);
                require(process.api().invoke(event, Duration.ofSeconds(120)), process);
                row.put("peak memory, CSV of " + megabytes + " MB, MB", process.peakMegabytes());
            }
            Files.delete(file);
        }
    }

    private static Path csvFile(Path build, int megabytes) throws IOException {
        Path file = Files.createTempFile(build, "users", ".csv");
        long size = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("externalId,userName,firstName,lastName,department,notes\n");
            for (int i = 0; size < megabytes * 1_000_000L; i++) {
                String row = "E-" + i + ",user" + i + "@example.com,Zoe,Brock,Research," + "x".repeat(140) + "\n";
                size += row.length();
                out.write(row);
            }
        }
        return file;
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("OKTA_CLIENT_ORGURL", okta.url());
        environment.put("OKTA_CLIENT_TOKEN", EmbeddedOkta.TOKEN);
        // The SDK takes plain HTTP only when it is told that this is a test.
        environment.put("OKTA_TESTING_DISABLEHTTPSCHECK", "true");
        return environment;
    }

    private static List<String> jvmOptions(List<String> more) {
        // The same for every subject.
        List<String> options = new ArrayList<>(FunctionProcess.templateOptions());
        options.add("-Xmx384m");
        options.addAll(more);
        return options;
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"));
    }

    private FunctionProcess function(Path build, List<String> options, Map<String, String> more) {
        return new FunctionProcess(build, java(), jvmOptions(options), environment(more));
    }

    /**
     * Records what a first import loads, as a deployment would at build time: the JDK's AOT cache where there is one (25 and later), class
     * data sharing before. Both take JARs only.
     */
    private Path archive(Path build) throws Exception {
        Path archive = build.resolve("function.jsa").toAbsolutePath();
        Files.deleteIfExists(archive);
        String option = hasAotCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
        try (FunctionProcess process =
                FunctionProcess.ofJars(build, java(), jvmOptions(List.of(option + archive)), environment(Map.of()))) {
            require(process.api().invoke(payload(10), Duration.ofSeconds(60)), process);
            process.terminate();
        }
        return archive;
    }

    private FunctionProcess archived(Path build, Path archive, Map<String, String> more) {
        // Both are left unused, without a word, where they don't fit; the figures show it.
        String option = hasAotCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
        return FunctionProcess.ofJars(build, java(), jvmOptions(List.of(option + archive)), environment(more));
    }

    private static boolean hasAotCache() {
        return Runtime.version().feature() >= 25;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double cpuSeconds(FunctionProcess process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    private void print() {
        Map<String, Double> base = figures.get(SDK);
        System.out.println("| figure | " + String.join(" | ", figures.keySet()) + " |");
        System.out.println("|---|" + "---|".repeat(figures.size()));
        List<String> rows = new ArrayList<>();
        figures.values().forEach(figure -> figure.keySet().forEach(name -> {
            if (!rows.contains(name)) {
                rows.add(name);
            }
        }));
        for (String row : rows) {
            StringBuilder line = new StringBuilder("| " + row + " |");
            for (Map<String, Double> figure : figures.values()) {
                Double value = figure.get(row);
                Double other = base.get(row);
                line.append(
                        value == null
                                ? " – |"
                                : figure == base || other == null
                                        ? String.format(Locale.ROOT, " %.0f |", value)
                                        : String.format(Locale.ROOT, " %.0f (%.2f ×) |", value, value / other));
            }
            System.out.println(line);
        }
    }
}
