package dev.bulkuserimport.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.snapshot.StateManifest.End;
import dev.bulkuserimport.snapshot.StateManifest.LastSnapshot;
import dev.bulkuserimport.snapshot.StateManifest.Origin;
import dev.bulkuserimport.snapshot.StateManifest.Owner;
import dev.bulkuserimport.snapshot.StateManifest.SessionChanges;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A manifest as a JSON document, written and read. */
public final class ManifestForm {

    /** The format version. */
    private static final int VERSION = 4;

    /** The same without groups and memberships. */
    private static final int WITHOUT_GROUPS = 3;

    /** The format of version 2.0.0, without an owner and with less of the last snapshot. */
    private static final int FIRST_VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestForm() {}

    public static byte[] json(StateManifest manifest) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", VERSION);
        manifest.owner().ifPresent(application -> {
            document.put("application", application.application());
            document.put("applicationProof", application.proof());
        });
        document.put("key", manifest.key());
        document.put("properties", manifest.properties());
        document.put("shown", manifest.shown());
        document.put("base", manifest.base().orElse(null));
        manifest.last().ifPresent(snapshot -> document.put("newest", members(snapshot)));
        document.put(
                "sessions",
                manifest.sessions().stream().map(ManifestForm::members).toList());
        return JsonOutput.bytes(document);
    }

    /**
     * Reads a manifest. A damaged one is refused: if it were read with parts missing, people would count as new, or as gone.
     *
     * @throws IOException when the bytes aren't in the format of this version or of version 2.0.0
     */
    public static StateManifest read(byte[] json) throws IOException {
        JsonNode document = JSON.readTree(json);
        int version = document.path("version").asInt();
        if (version != VERSION && version != WITHOUT_GROUPS && version != FIRST_VERSION) {
            throw new IOException("not a state of this function's version");
        }
        if (!document.path("properties").isArray()
                || !document.path("sessions").isArray()
                || !document.path("base").isTextual() && !document.path("base").isNull()) {
            throw new IOException("a state with a missing part");
        }
        List<SessionChanges> sessions = new ArrayList<>();
        for (JsonNode session : document.path("sessions")) {
            sessions.add(session(session));
        }
        JsonNode newest = document.path("newest");
        try {
            return new StateManifest(
                    version == FIRST_VERSION
                            ? Optional.empty()
                            : Optional.of(new Owner(text(document, "application"), text(document, "applicationProof"))),
                    text(document, "key"),
                    texts(document.path("properties")),
                    document.path("shown").asInt(),
                    Optional.ofNullable(document.path("base").asText(null)),
                    newest.isObject() ? Optional.of(snapshot(newest)) : Optional.empty(),
                    sessions);
        } catch (DateTimeException e) {
            throw new IOException("a state with an invalid time");
        }
    }

    private static Map<String, Object> members(LastSnapshot snapshot) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("time", snapshot.origin().time().toString());
        members.put("sequencer", snapshot.origin().sequencer());
        members.put("columns", snapshot.shape().columns());
        members.put(
                "rules",
                snapshot.shape().rules().stream().map(ManifestForm::members).toList());
        return members;
    }

    private static LastSnapshot snapshot(JsonNode json) {
        List<SourceShape.RuleUse> rules = new ArrayList<>();
        for (JsonNode rule : json.path("rules")) {
            rules.add(new SourceShape.RuleUse(
                    rule.path("list").asText(),
                    rule.path("column").asText(),
                    rule.path("values").asText(),
                    rule.path("rows").asInt()));
        }
        return new LastSnapshot(
                new Origin(
                        Instant.parse(json.path("time").asText()),
                        json.path("sequencer").asText()),
                new SourceShape(texts(json.path("columns")), rules));
    }

    private static Map<String, Object> members(SourceShape.RuleUse rule) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("list", rule.list());
        members.put("column", rule.column());
        members.put("values", rule.values());
        members.put("rows", rule.rows());
        return members;
    }

    private static Map<String, Object> members(SessionChanges session) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("importId", session.importId());
        members.put("number", session.number());
        members.put("sessionId", session.sessionId());
        members.put("changes", session.changes());
        members.put("finished", session.end() != End.OPEN);
        members.put("inDoubt", session.end() == End.IN_DOUBT);
        return members;
    }

    private static SessionChanges session(JsonNode json) throws IOException {
        End ended = json.path("inDoubt").asBoolean() ? End.IN_DOUBT : End.COMPLETED;
        return new SessionChanges(
                text(json, "importId"),
                json.path("number").asInt(),
                text(json, "sessionId"),
                text(json, "changes"),
                json.path("finished").asBoolean() ? ended : End.OPEN);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String text(JsonNode json, String name) throws IOException {
        if (!json.path(name).isTextual()) {
            throw new IOException("a state without " + name);
        }
        return json.path(name).asText();
    }
}
