package dev.bulkuserimport.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads a report's JSON, of this version and of version 1, as the view of its page: so the page says what the report says, and no more. */
final class ReportDocument {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEM = "urn:bulk-user-import:problem:";

    private final JsonNode report;
    private final String bucket;
    private final String key;
    private final String page;

    private ReportDocument(JsonNode report, String bucket, String key, String page) {
        this.report = report;
        this.bucket = bucket;
        this.key = key;
        this.page = page;
    }

    /**
     * The view.
     *
     * @param bucket the report's bucket
     * @param key the report's key
     * @param page the page's key
     * @throws IllegalArgumentException when it is no JSON object
     */
    static ReportView view(byte[] json, String bucket, String key, String page) {
        JsonNode report;
        try {
            report = JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        if (report == null || !report.isObject()) {
            throw new IllegalArgumentException("not a report");
        }
        return new ReportDocument(report, bucket, key, page).view();
    }

    private ReportView view() {
        return new ReportView(
                fileName(),
                place(),
                state(),
                text(report, "importOperation"),
                text(report, "applicationId"),
                report.path("dryRun").asBoolean(),
                instant(report, "startedAt"),
                instant(report, "finishedAt"),
                Math.max(1, report.path("attempts").asInt(1)),
                counts(),
                changes(),
                sessions(),
                problem(),
                all(report.path("errorKinds"), this::errorKind),
                all(report.path("rejected"), this::rejected),
                all(report.path("problem").path("notImported"), this::range),
                okta(),
                notes(),
                links(),
                report.path("rejectedRowsLeftOut").asInt());
    }

    private String sourceKey() {
        return report.path("source").path("key").asText("");
    }

    private String fileName() {
        String source = sourceKey();
        String name = source.substring(source.lastIndexOf('/') + 1);
        return name.isEmpty() ? "a file" : name;
    }

    private Optional<String> place() {
        String source = report.path("source").path("bucket").asText("");
        return source.isEmpty() || sourceKey().isEmpty()
                ? Optional.empty()
                : Optional.of("s3://" + source + "/" + sourceKey());
    }

    private ReportView.State state() {
        return switch (report.path("state").asText()) {
            case "COMPLETED" -> ReportView.State.COMPLETED;
            case "FAILED" -> ReportView.State.FAILED;
            case "SUPERSEDED" -> ReportView.State.SUPERSEDED;
            case "RETRY" -> ReportView.State.RETRY;
            default -> ReportView.State.WORKING;
        };
    }

    private ReportView.Counts counts() {
        int deactivated = 0;
        for (JsonNode session : report.path("sessions")) {
            if (session.path("recordsImported").asInt() > 0) {
                deactivated += session.path("deactivations").asInt();
            }
        }
        return new ReportView.Counts(
                report.path("records").asInt(),
                report.path("recordsImported").asInt(),
                report.path("rejectedCount").asInt(report.path("rejected").size()),
                report.path("skipped").asInt(),
                deactivated);
    }

    /** Where the comparison of a snapshot stands: among the report's members. */
    private Optional<ReportView.Changes> changes() {
        JsonNode compared = report.path("snapshot").isObject() ? report.path("snapshot") : report;
        if (!compared.has("new") && !compared.has("gone")) {
            return Optional.empty();
        }
        Map<String, Integer> by = new LinkedHashMap<>();
        compared.path("changedByProperty")
                .fields()
                .forEachRemaining(property ->
                        by.put(property.getKey(), property.getValue().asInt()));
        JsonNode ids = compared.has("goneIds") ? compared.path("goneIds") : report.path("goneIds");
        return Optional.of(new ReportView.Changes(
                compared.path("new").asInt(),
                compared.path("changed").asInt(),
                compared.path("unchanged").asInt(),
                compared.path("gone").asInt(),
                by,
                all(ids, JsonNode::asText),
                compared.path("peopleBefore").isInt()
                        ? Optional.of(compared.path("peopleBefore").asInt())
                        : Optional.empty()));
    }

    private List<ReportView.Session> sessions() {
        if (!report.has("sessions")) {
            // Version 1 had one session, of which it knew only that it was started.
            return text(report, "sessionId")
                    .map(id -> List.of(new ReportView.Session(
                            1,
                            Optional.of(id),
                            Optional.of(state() == ReportView.State.COMPLETED ? "STARTED" : "UNKNOWN"),
                            report.path("recordsImported").asInt(),
                            report.path("requests").asInt(),
                            Optional.empty(),
                            Optional.empty())))
                    .orElse(List.of());
        }
        return all(
                report.path("sessions"),
                session -> new ReportView.Session(
                        session.path("number").asInt(),
                        text(session, "sessionId"),
                        text(session, "status"),
                        session.path("users").asInt(),
                        session.path("requests").asInt(),
                        instant(session, "startedAt"),
                        instant(session, "finishedAt")));
    }

    private Optional<ReportView.Failure> problem() {
        JsonNode problem = report.path("problem");
        if (!problem.isObject()) {
            return Optional.empty();
        }
        String type = problem.path("type").asText();
        String slug = type.startsWith(PROBLEM) ? type.substring(PROBLEM.length()) : type;
        Optional<ReportView.Guard> guard = Optional.empty();
        if (slug.equals("deactivation-limit-exceeded")) {
            guard = Optional.of(guard(problem));
        }
        return Optional.of(new ReportView.Failure(
                slug,
                problem.path("title").asText(slug),
                problem.path("detail").asText(),
                problem.path("sessionCancelled").asBoolean(),
                guard));
    }

    private static ReportView.Guard guard(JsonNode problem) {
        if (problem.path("limitSetBy").asText().equals("payload")) {
            return ReportView.Guard.OWN_LIMIT;
        }
        return problem.has("maxChanges") ? ReportView.Guard.CHANGES : ReportView.Guard.DEACTIVATIONS;
    }

    private ReportView.ErrorKind errorKind(JsonNode kind) {
        String unit = isByLine() ? lineWord() : "user";
        return new ReportView.ErrorKind(
                text(kind, "field"),
                kind.path("message").asText(),
                kind.path("count").asInt(),
                all(kind.path("places"), place -> unit + " " + place.asText()));
    }

    private ReportView.Rejected rejected(JsonNode error) {
        String place = error.path("line").asLong() > 0
                ? lineWord() + " " + Words.number(error.path("line").asLong())
                : "user " + Words.number(error.path("index").asLong());
        return new ReportView.Rejected(
                place,
                text(error, "externalId"),
                text(error, "field"),
                error.path("message").asText());
    }

    private ReportView.NotImported range(JsonNode range) {
        String unit = isByLine() ? lineWord() : "user";
        long first = range.path("firstIndex").asLong();
        long last = range.path("lastIndex").asLong();
        return new ReportView.NotImported(
                first == last
                        ? unit + " " + Words.number(first)
                        : unit + "s " + Words.number(first) + " to " + Words.number(last),
                range.path("count").asInt(),
                range.path("outcome").asText());
    }

    private boolean isByLine() {
        String name = sourceKey().toLowerCase(Locale.ROOT);
        return !name.endsWith(".json") && !name.endsWith(".json.gz");
    }

    private String lineWord() {
        return sourceKey().toLowerCase(Locale.ROOT).endsWith(".xlsx") ? "row" : "line";
    }

    private Optional<ReportView.Okta> okta() {
        JsonNode okta = report.path("okta");
        if (!okta.isObject() || (!okta.has("users") && !okta.has("usersCheckedBecause"))) {
            return Optional.empty();
        }
        return Optional.of(new ReportView.Okta(
                seen(okta.path("users")),
                okta.has("deactivations") ? Optional.of(seen(okta.path("deactivations"))) : Optional.empty(),
                text(okta, "usersCheckedBecause")));
    }

    private static ReportView.Seen seen(JsonNode seen) {
        Map<String, Integer> statuses = new LinkedHashMap<>();
        seen.path("byStatus")
                .fields()
                .forEachRemaining(status ->
                        statuses.put(status.getKey(), status.getValue().asInt()));
        return new ReportView.Seen(
                statuses,
                seen.path(seen.has("notSeenYet") ? "notSeenYet" : "notShown").asInt(),
                all(seen.path("notShownIds"), JsonNode::asText));
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(all(report.path("notes"), JsonNode::asText));
        if (report.path("columnsChecked").isBoolean()
                && !report.path("columnsChecked").asBoolean()) {
            text(report, "columnsCheckedBecause")
                    .filter(why -> notes.stream().noneMatch(note -> note.contains(why)))
                    .ifPresent(why -> notes.add("The columns were not held against the application's schema: " + why));
        }
        int trimmed = report.path("trimmedCells").asInt();
        if (trimmed > 0) {
            notes.add("White space or invisible characters were taken off the edges of " + Words.count(trimmed, "cell")
                    + ".");
        }
        List<String> ignored = all(report.path("ignoredColumns"), JsonNode::asText);
        if (!ignored.isEmpty()) {
            int count = report.path("ignoredColumnsCount").asInt(ignored.size());
            notes.add(Words.count(count, "column") + Words.verb(count, " was", " were")
                    + " not sent, because the mapping does not name " + Words.verb(count, "it: ", "them: ")
                    + String.join(", ", ignored) + (count > ignored.size() ? ", …" : ""));
        }
        return notes;
    }

    private ReportView.Links links() {
        boolean sameBucket = report.path("source").path("bucket").asText().equals(bucket);
        return new ReportView.Links(
                Optional.of(RelativeLink.between(page, key)),
                text(report, "rejectedRows").map(rows -> RelativeLink.between(page, rows)),
                sameBucket && !sourceKey().isEmpty()
                        ? Optional.of(RelativeLink.between(page, sourceKey()))
                        : Optional.empty());
    }

    private static <T> List<T> all(JsonNode list, Function<JsonNode, T> reader) {
        List<T> all = new ArrayList<>();
        list.forEach(entry -> all.add(reader.apply(entry)));
        return all;
    }

    private static Optional<String> text(JsonNode json, String member) {
        JsonNode value = json.path(member);
        return value.isTextual() && !value.asText().isEmpty() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static Optional<Instant> instant(JsonNode json, String member) {
        try {
            return text(json, member).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
