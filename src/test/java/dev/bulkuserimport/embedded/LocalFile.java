package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A file of the newcomer's, put into a local S3 bucket as an HR system would, taken through the state machine's steps into as many sessions as
 * it needs, and summed up. What the report, its page and the rejected rows are is left in a folder.
 */
final class LocalFile {

    /** The application of files. */
    static final String APP = "0oa3l6l6WK6h0R0QW0g5";

    /** What the examples of the page Your HR export make: an HR system's people have more than Okta's seven properties. */
    static final OktaSchema SCHEMA = OktaSchema.standard()
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

    private final EmbeddedOkta okta;
    private final S3Client s3;
    private final FunctionProcess function;
    private final Path folder;
    private final String address;
    private final Set<String> added = new TreeSet<>();

    /** @param address where the folder's files are served */
    LocalFile(EmbeddedOkta okta, S3Client s3, FunctionProcess function, Path folder, String address) {
        this.okta = okta;
        this.s3 = s3;
        this.function = function;
        this.folder = folder;
        this.address = address;
        okta.application(APP).schema(APP, SCHEMA).pauseBetweenSessions(APP, PAUSE);
    }

    /** Imports a file; whether Okta has finished it. */
    boolean run(Path file) throws IOException {
        JsonNode report = imported(file, 1);
        for (int round = 2; learned(report); round++) {
            report = imported(file, round);
        }
        if (!added.isEmpty()) {
            System.out.println("The embedded application had no property for "
                    + LocalSummary.count(added.size(), "column") + "; added: " + String.join(", ", added) + ".");
        }
        System.out.println();
        LocalSummary.of(file.getFileName().toString(), report).forEach(System.out::println);
        System.out.println("The embedded Okta has "
                + LocalSummary.count(okta.directoryOf(APP).present().size(), "user") + " in the application now.");
        String name = file.getFileName().toString();
        place("Report", name + ".json");
        place("Rejected rows", name + ".rejected.csv");
        place("Page", name + ".html");
        System.out.println("Open " + address + name.replace(" ", "%20") + ".html");
        return report.path("state").asText().equals("COMPLETED");
    }

    /** A bucket for each time: the same version of a file is imported once. */
    private JsonNode imported(Path file, int round) throws IOException {
        String bucket = "hr-imports-" + round;
        s3.createBucket(made -> made.bucket(bucket));
        putMappingBeside(file, bucket);
        String key = "imports/" + APP + "/create-and-update/" + file.getFileName();
        String eTag = s3.putObject(object -> object.bucket(bucket).key(key), RequestBody.fromFile(file))
                .eTag()
                .replace("\"", "");
        if (round == 1) {
            System.out.println("Put " + file + " into the bucket as " + key);
        }
        JsonNode end = new LocalSteps(function, System.out::println)
                .run(JSON.createObjectNode()
                        .put("bucket", bucket)
                        .put("key", key)
                        .put("eTag", eTag));
        return keep(
                bucket,
                key(end.path("report").asText(), bucket),
                file.getFileName().toString());
    }

    /** A {@code mapping.json} beside the file goes where the function looks for it. */
    private void putMappingBeside(Path file, String bucket) {
        Path mapping = file.resolveSibling("mapping.json");
        if (Files.exists(mapping)) {
            String key = "imports/" + APP + "/mapping.json";
            s3.putObject(object -> object.bucket(bucket).key(key), RequestBody.fromFile(mapping));
            System.out.println("Put " + mapping + " into the bucket as " + key);
        }
    }

    /** Whether columns that the application doesn't know were in the way, and are its custom properties now. */
    private boolean learned(JsonNode report) {
        List<String> unknown = new ArrayList<>();
        for (JsonNode error : report.at("/problem/errors")) {
            String field = error.path("field").asText("");
            if (!field.isEmpty() && !error.has("index") && !OktaSchema.isReserved(field) && added.add(field)) {
                unknown.add(field);
            }
        }
        SCHEMA.custom(unknown.toArray(String[]::new));
        okta.schema(APP, SCHEMA);
        return !unknown.isEmpty();
    }

    /** Copies the report, its page and the rejected rows, linked to each other under short names. */
    private JsonNode keep(String bucket, String reportKey, String name) throws IOException {
        String before = reportKey.substring(reportKey.lastIndexOf('/') + 1).replaceFirst("\\.json$", "");
        byte[] json = bytes(bucket, reportKey);
        JsonNode report = JSON.readTree(json);
        Files.write(folder.resolve(name), bytes(bucket, report.at("/source/key").asText()));
        Files.write(folder.resolve(name + ".json"), json);
        String page = new String(bytes(bucket, report.path("page").asText()), StandardCharsets.UTF_8)
                .replace("\"" + before + ".", "\"" + name + ".")
                .replaceAll("href=\"[./]*/imports/[^\"]*\"", "href=\"" + name + "\"");
        Files.writeString(folder.resolve(name + ".html"), page);
        Path rejected = folder.resolve(name + ".rejected.csv");
        Files.deleteIfExists(rejected);
        if (report.has("rejectedRows")) {
            Files.write(rejected, bytes(bucket, report.path("rejectedRows").asText()));
        }
        return report;
    }

    private void place(String what, String name) {
        if (Files.exists(folder.resolve(name))) {
            System.out.println(what + ": " + folder.resolve(name));
        }
    }

    private byte[] bytes(String bucket, String key) {
        return s3.getObjectAsBytes(object -> object.bucket(bucket).key(key)).asByteArray();
    }

    private static String key(String address, String bucket) {
        return address.replace("s3://" + bucket + "/", "");
    }
}
