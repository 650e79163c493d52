package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bulkuserimport.base.PercentEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** The rejected rows of a table, and those of a JSON file. */
    private static final List<String> REJECTED_ROWS = List.of(".rejected.csv", ".rejected.ndjson");

    private static final String BUCKET = "hr-imports";

    /** What the function says of a column or a property that the application doesn't have, and of the name that may be meant. */
    private static final Pattern UNKNOWN =
            Pattern.compile("is (?:a column without a matching property in|not a property of) the application"
                    + "(?:; did you mean (.+)\\?)?");

    private final EmbeddedOkta okta;
    private final S3Client s3;
    private final FunctionProcess function;
    private final Path folder;
    private final Map<String, String> added = new TreeMap<>();
    private int sequencer;

    /** @param folder where the report, its page and the rejected rows are left */
    LocalFile(EmbeddedOkta okta, S3Client s3, FunctionProcess function, Path folder) {
        this.okta = okta;
        this.s3 = s3;
        this.function = function;
        this.folder = folder;
        okta.application(APP).schema(APP, SCHEMA).pauseBetweenSessions(APP, PAUSE);
        s3.createBucket(made -> made.bucket(BUCKET));
    }

    /**
     * What became of a file.
     *
     * @param page the name of the report's page in the folder; empty where there is no report
     * @param completed whether Okta has finished the import
     */
    record Imported(Optional<String> page, boolean completed) {}

    /**
     * Imports a file, and one after the other if several are to be imported.
     *
     * @param folderOfKey the part of the key that says what the file is for
     * @param mapping its mapping
     * @param out is told what happens, a line at a time
     */
    synchronized Imported run(Path file, String folderOfKey, Optional<Path> mapping, Consumer<String> out)
            throws IOException {
        putMapping(mapping, out);
        added.clear();
        String name = file.getFileName().toString();
        String key = "imports/" + APP + "/" + folderOfKey + "/" + name;
        out.accept("Put " + name + " into the bucket as " + key);
        JsonNode report = imported(file, key, out);
        if (report.isMissingNode()) {
            out.accept(
                    "It was ignored: by its name it is what a tool leaves behind and not an export. Give it another name.");
            return new Imported(Optional.empty(), false);
        }
        while (learned(report)) {
            report = imported(file, key, out);
        }
        if (!added.isEmpty()) {
            out.accept("The embedded application had no property for " + LocalSummary.count(added.size(), "column")
                    + ", so each is now a custom property of it: " + String.join(", ", added.values()) + ".");
        }
        LocalSummary.of(name, report).forEach(out);
        out.accept("The embedded Okta has "
                + LocalSummary.count(okta.directoryOf(APP).present().size(), "user") + " in the application now.");
        place("Report", name + ".json", out);
        REJECTED_ROWS.forEach(extension -> place("Rejected rows", name + extension, out));
        place("Page", name + ".html", out);
        return new Imported(
                Optional.of(name + ".html"), report.path("state").asText().equals("COMPLETED"));
    }

    /** Puts the file again each time, as another delivery; its report, or nothing where it is ignored. */
    private JsonNode imported(Path file, String key, Consumer<String> out) throws IOException {
        String eTag = s3.putObject(object -> object.bucket(BUCKET).key(key), RequestBody.fromFile(file))
                .eTag()
                .replace("\"", "");
        JsonNode end = new LocalSteps(function, out)
                .run(JSON.createObjectNode()
                        .put("bucket", BUCKET)
                        .put("key", key)
                        .put("eTag", eTag)
                        .put("sequencer", String.format("%016X", ++sequencer)));
        return end.has("report")
                ? keep(key(end.path("report").asText()), file.getFileName().toString())
                : MissingNode.getInstance();
    }

    private void putMapping(Optional<Path> mapping, Consumer<String> out) {
        String key = "imports/" + APP + "/mapping.json";
        if (mapping.isPresent()) {
            s3.putObject(object -> object.bucket(BUCKET).key(key), RequestBody.fromFile(mapping.get()));
            out.accept("Put " + mapping.get().getFileName() + " into the bucket as " + key);
        } else {
            s3.deleteObject(object -> object.bucket(BUCKET).key(key));
        }
    }

    /** Whether columns that the application doesn't know were in the way, and are its custom properties now. */
    private boolean learned(JsonNode report) {
        List<String> unknown = new ArrayList<>();
        for (JsonNode error : report.at("/problem/errors")) {
            String field = error.path("field").asText("");
            Matcher message = UNKNOWN.matcher(error.path("message").asText());
            if (message.matches() && !OktaSchema.isReserved(field) && !added.containsKey(field)) {
                String meant = message.group(1);
                added.put(field, meant == null ? field : field + " (or is it " + meant + "?)");
                unknown.add(field);
            }
        }
        SCHEMA.custom(unknown.toArray(String[]::new));
        okta.schema(APP, SCHEMA);
        return !unknown.isEmpty();
    }

    /** Copies the report, its page and the rejected rows, linked to each other under short names. */
    private JsonNode keep(String reportKey, String name) throws IOException {
        String before = reportKey.substring(reportKey.lastIndexOf('/') + 1).replaceFirst("\\.json$", "");
        byte[] json = bytes(reportKey);
        JsonNode report = JSON.readTree(json);
        Files.write(folder.resolve(name), bytes(report.at("/source/key").asText()));
        Files.write(folder.resolve(name + ".json"), json);
        String page = new String(bytes(report.path("page").asText()), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve(name + ".html"), linked(page, before, name));
        for (String extension : REJECTED_ROWS) {
            Files.deleteIfExists(folder.resolve(name + extension));
        }
        if (report.has("rejectedRows")) {
            String key = report.path("rejectedRows").asText();
            Files.write(folder.resolve(name + key.substring(key.lastIndexOf(".rejected."))), bytes(key));
        }
        return report;
    }

    /**
     * A page whose links lead to the short names.
     *
     * @param before what the names of the report and of the files beside it begin with in the bucket
     */
    static String linked(String page, String before, String name) {
        String here = "href=\"./" + PercentEncoding.of(name);
        return page.replace("href=\"./" + PercentEncoding.of(before) + ".", here + ".")
                .replaceAll("href=\"[./]*/imports/[^\"]*\"", Matcher.quoteReplacement(here + "\""));
    }

    private void place(String what, String name, Consumer<String> out) {
        if (Files.exists(folder.resolve(name))) {
            out.accept(what + ": " + folder.resolve(name));
        }
    }

    private byte[] bytes(String key) {
        return s3.getObjectAsBytes(object -> object.bucket(BUCKET).key(key)).asByteArray();
    }

    private static String key(String address) {
        return address.replace("s3://" + BUCKET + "/", "");
    }
}
