package dev.bulkuserimport.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.metrics.Effort;
import dev.bulkuserimport.plan.ErrorKind;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.upload.CreationWindow;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads reports of this version and of version 1. */
public final class ReportReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportReader() {}

    /**
     * @param importId of the object version that the report is about
     * @param source that object version
     * @return empty for what is no report of ours
     */
    public static Optional<Report> read(byte[] body, ImportId importId, ObjectVersion source) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? Optional.empty() : Optional.of(report(json, importId, source));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Report report(JsonNode json, ImportId importId, ObjectVersion source) {
        // Reports that people write by hand, and those of version 1 from before their import began, may lack the time.
        Report report = new Report(importId, source, instant(json, "startedAt").orElse(Instant.EPOCH));
        report.state(FileState.valueOf(json.path("state").asText()));
        report.attempts(json.path("attempts").asInt(1));
        report.stepped(json.path("stateMachine").asBoolean());
        report.attempt(text(json, "attempt"), instant(json, "expiresAt"));
        text(json, "applicationId").ifPresent(report::application);
        ImportOperation.parse(json.path("importOperation").asText()).ifPresent(report::operation);
        if (json.path("records").isInt() && text(json, "applicationId").isPresent()) {
            report.file(file(json));
        }
        report.sessions(json.has("reportVersion") ? sessions(json.path("sessions")) : oldSession(json));
        report.problem(problem(json.path("problem")));
        if (json.path("answer").isObject()) {
            report.answer(members(json.path("answer")));
        }
        JsonNode effort = json.path("effort");
        report.sent(new Effort(
                effort.path("requests").asInt(),
                effort.path("retries").asInt(),
                effort.path("throttles").asInt(),
                effort.path("oktaMillis").asLong()));
        report.compared(Compared.of(json));
        json.path("notes").forEach(note -> report.note(note.asText()));
        report.rejectedRows(
                text(json, "rejectedRows"),
                json.path("rejectedRowsCount").asInt(),
                json.path("rejectedRowsLeftOut").asInt());
        report.page(text(json, "page"));
        if (report.state().isOver()) {
            report.finished(report.state(), instant(json, "finishedAt").orElse(Instant.EPOCH));
        }
        return report;
    }

    private static ReadFile file(JsonNode json) {
        boolean managed = json.path("managedSession").asBoolean(true);
        return new ReadFile(
                json.path("applicationId").asText(),
                ImportOperation.valueOf(json.path("importOperation").asText()),
                managed ? Optional.empty() : text(json, "sessionId"),
                json.path("dryRun").asBoolean(),
                json.path("records").asInt(),
                json.path("users").asInt(),
                json.path("deactivations").asInt(),
                json.path("skipped").asInt(),
                json.path("unchanged").asInt(),
                rejections(json),
                notes(json));
    }

    private static FileNotes notes(JsonNode json) {
        List<String> ignored = new ArrayList<>();
        json.path("ignoredColumns").forEach(column -> ignored.add(column.asText()));
        return new FileNotes(
                json.path("columnsChecked").isBoolean()
                        ? Optional.of(json.path("columnsChecked").asBoolean())
                        : Optional.empty(),
                text(json, "columnsCheckedBecause"),
                json.path("trimmedCells").asLong(),
                ignored,
                text(json, "separator"),
                text(json, "encoding"));
    }

    private static Rejections rejections(JsonNode json) {
        List<RecordError> errors = new ArrayList<>();
        boolean byLine = false;
        for (JsonNode error : json.path("rejected")) {
            errors.add(new RecordError(
                    error.path("index").asInt(),
                    error.path("line").asLong(),
                    text(error, "externalId"),
                    text(error, "field"),
                    error.path("message").asText()));
            byLine |= error.path("line").asLong() > 0;
        }
        List<ErrorKind> kinds = new ArrayList<>();
        for (JsonNode kind : json.path("errorKinds")) {
            List<Long> places = new ArrayList<>();
            kind.path("places").forEach(place -> places.add(place.asLong()));
            kinds.add(new ErrorKind(
                    text(kind, "field"),
                    kind.path("message").asText(),
                    kind.path("count").asInt(),
                    places));
        }
        return new Rejections(
                json.path("rejectedCount").asInt(errors.size()),
                json.path("errorCount").asInt(errors.size()),
                errors,
                kinds,
                byLine);
    }

    private static List<SessionEntry> sessions(JsonNode list) {
        List<SessionEntry> sessions = new ArrayList<>();
        for (JsonNode json : list) {
            List<CreationWindow> lost = new ArrayList<>();
            for (JsonNode window : json.path("creating")) {
                lost.add(new CreationWindow(
                        instant(window, "from").orElseThrow(),
                        instant(window, "until").orElseThrow()));
            }
            sessions.add(new SessionEntry(
                    json.path("number").asInt(),
                    json.path("users").asInt(),
                    json.path("deactivations").asInt(),
                    json.path("requests").asInt(),
                    json.path("first").asInt(),
                    json.path("last").asInt(),
                    SessionState.valueOf(json.path("state").asText()),
                    lost,
                    text(json, "sessionId"),
                    text(json, "status"),
                    json.path("recordsImported").asInt(),
                    instant(json, "startedAt"),
                    instant(json, "finishedAt")));
        }
        return sessions;
    }

    /** Version 1 wrote a session only once it had created one. */
    private static List<SessionEntry> oldSession(JsonNode json) {
        Optional<String> id = text(json, "sessionId");
        if (id.isEmpty() || json.path("state").asText().equals("FAILED")) {
            return List.of();
        }
        boolean managed = json.path("managedSession").asBoolean();
        SessionState state =
                switch (json.path("state").asText()) {
                    case "STARTING" -> SessionState.STARTING;
                    case "COMPLETED" -> SessionState.STARTED;
                    default ->
                        managed || json.path("state").asText().equals("IMPORTING")
                                ? SessionState.LOADING
                                : SessionState.PLANNED;
                };
        int records = json.path("recordsImported").asInt();
        return List.of(new SessionEntry(
                1,
                records,
                0,
                json.path("requests").asInt(),
                0,
                0,
                state,
                List.of(),
                id,
                Optional.empty(),
                records,
                Optional.empty(),
                Optional.empty()));
    }

    private static Optional<StoredProblem> problem(JsonNode json) {
        if (!json.isObject()) {
            return Optional.empty();
        }
        String urn = json.path("type").asText();
        for (ProblemType type : ProblemType.values()) {
            if (type.urn().equals(urn)) {
                return Optional.of(new StoredProblem(type, json.path("detail").asText(), members(json)));
            }
        }
        return Optional.of(new StoredProblem(
                ProblemType.INTERNAL_ERROR, json.path("detail").asText(), members(json)));
    }

    private static Map<String, Object> members(JsonNode json) {
        Map<String, Object> members = new LinkedHashMap<>();
        json.fields().forEachRemaining(field -> members.put(field.getKey(), value(field.getValue())));
        return members;
    }

    private static Object value(JsonNode json) {
        if (json.isObject()) {
            return members(json);
        }
        if (json.isArray()) {
            List<Object> items = new ArrayList<>();
            json.forEach(item -> items.add(value(item)));
            return items;
        }
        if (json.isIntegralNumber()) {
            return json.asLong();
        }
        if (json.isBoolean()) {
            return json.asBoolean();
        }
        // JSON's null is written as one again.
        return json.textValue();
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.path(name).textValue());
    }

    private static Optional<Instant> instant(JsonNode json, String name) {
        return text(json, name).map(Instant::parse);
    }
}
