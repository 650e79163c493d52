package dev.bulkuserimport.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.snapshot.PropertyNames;
import dev.bulkuserimport.snapshot.SnapshotCounts;
import dev.bulkuserimport.snapshot.StateManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What holding a file against its application's state came to, and what the state has to learn with each session that is started.
 *
 * @param counts what the report says of it; empty for a file that is no snapshot
 * @param properties the properties' names, by the numbers that stand for them in the state
 * @param origin where a snapshot stands among others; empty for a file that is none
 */
public record Compared(Map<String, Object> counts, List<String> properties, Optional<StateManifest.Origin> origin) {

    private static final String LEARNS = "stateUpdate";
    private static final String GONE_IDS = "goneIds";

    public static Compared of(SnapshotCounts counts, PropertyNames names, Optional<StateManifest.Origin> origin) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (origin.isPresent()) {
            members.putAll(counts.members());
            members.put(GONE_IDS, counts.goneIds());
            members.put(GONE_IDS + "Count", counts.gone());
        }
        return new Compared(members, names.all(), origin);
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>(counts);
        Map<String, Object> learns = new LinkedHashMap<>();
        learns.put("properties", properties);
        origin.ifPresent(at -> {
            learns.put("time", at.time().toString());
            learns.put("sequencer", at.sequencer());
        });
        members.put(LEARNS, learns);
        return members;
    }

    /** Reads it back from a report; empty where the file had nothing to do with a state. */
    public static Optional<Compared> of(JsonNode report) {
        JsonNode learns = report.path(LEARNS);
        if (!learns.isObject()) {
            return Optional.empty();
        }
        List<String> properties = new ArrayList<>();
        learns.path("properties").forEach(name -> properties.add(name.asText()));
        Optional<StateManifest.Origin> origin = learns.has("time")
                ? Optional.of(new StateManifest.Origin(
                        Instant.parse(learns.path("time").asText()),
                        learns.path("sequencer").asText()))
                : Optional.empty();
        return Optional.of(new Compared(origin.isPresent() ? counts(report) : Map.of(), properties, origin));
    }

    private static Map<String, Object> counts(JsonNode report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("first", report.path("first").asBoolean());
        counts.put(
                "peopleBefore",
                report.path("peopleBefore").isInt()
                        ? report.path("peopleBefore").asInt()
                        : null);
        for (String name : List.of("new", "changed")) {
            counts.put(name, report.path(name).asInt());
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        report.path("changedByProperty")
                .fields()
                .forEachRemaining(property ->
                        changed.put(property.getKey(), property.getValue().asInt()));
        counts.put("changedByProperty", changed);
        for (String name : List.of("unchanged", "gone", "deactivated")) {
            counts.put(name, report.path(name).asInt());
        }
        List<String> ids = new ArrayList<>();
        report.path(GONE_IDS).forEach(id -> ids.add(id.asText()));
        counts.put(GONE_IDS, ids);
        counts.put(GONE_IDS + "Count", report.path("gone").asInt());
        return counts;
    }
}
