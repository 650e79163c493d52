package dev.bulkuserimport.benchmark;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.source.ImportDefaults;
import dev.bulkuserimport.source.PayloadReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;

/** 10,000 users, 6 MB, parsed, checked and cut into requests: against the floor, and against binding objects. */
public class PlannerBenchmark extends MillisecondBenchmark {

    private final byte[] payload = Payloads.json("0oaBenchmark", "apsBenchmark", USERS);
    private final JsonFactory factory = new JsonFactory();
    private final ObjectMapper mapper = new ObjectMapper();

    /** A user as one would bind it. */
    public record User(String externalId, Map<String, Object> profile) {}

    /** A payload as one would bind it. */
    public record Import(String applicationId, String importOperation, String sessionId, List<User> users) {}

    /** What the function does before it sends anything: the checked bytes of every request, held once. */
    @Benchmark
    public int planner() throws IOException {
        PayloadReader reader = new PayloadReader(json -> json.createParser(payload), ImportDefaults.NONE);
        int[] requests = {0};
        SessionPlanner planner =
                new SessionPlanner(PlanRules.oneSession(reader.preface().operation(), false), session -> {
                    requests[0] = session.requests().size();
                    session.release();
                });
        reader.read(planner);
        planner.finish();
        return requests[0];
    }

    /** The floor: the same bytes read and written by Jackson's streaming core, without any check. */
    @Benchmark
    public int floor() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length);
        try (JsonParser in = factory.createParser(payload);
                JsonGenerator json = factory.createGenerator(out, JsonEncoding.UTF8)) {
            while (in.nextToken() != null) {
                json.copyCurrentEvent(in);
            }
        }
        return out.size();
    }

    /** What most would write: objects, and pages of them written again. */
    @Benchmark
    public int binding() throws IOException {
        Import bound = mapper.readValue(payload, Import.class);
        int bytes = 0;
        for (int from = 0; from < bound.users.size(); from += 200) {
            bytes += mapper.writeValueAsBytes(Map.of(
                            "entityType",
                            "USERS",
                            "profiles",
                            bound.users.subList(from, Math.min(from + 200, bound.users.size()))))
                    .length;
        }
        return bytes;
    }
}
