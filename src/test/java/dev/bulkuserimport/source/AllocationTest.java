package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.ThreadMXBean;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A check of speed that doesn't swing with the machine: what reading, checking and cutting 10,000 users allocates. Each bound is a fifth above
 * what was measured, so a new object for each record or each cell breaks it.
 */
@DisplayName("10,000 users cost no more objects than before")
class AllocationTest {

    private static final int USERS = 10_000;
    private static final int ROUNDS = 12;

    /** Bytes a user; 526 were measured, beside 175 of the floor. What the table of duplicates and the requests' bytes take is most of it. */
    private static final long MOST_OF_A_PAYLOAD = 630;

    /** Bytes a user; 683 were measured. */
    private static final long MOST_OF_A_CSV = 820;

    private static final ImportDefaults FILE = new ImportDefaults(
            Optional.of("0oaAllocation"), Optional.of(ImportOperation.CREATE_AND_UPDATE), Optional.empty(), true, true);

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /** Bytes a user, of the cheapest of some rounds: the first ones load classes and aren't compiled yet. */
    private static long bytesPerUser(Work work) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least / USERS;
    }

    private static byte[] json() {
        StringBuilder json = new StringBuilder(
                "{\"applicationId\":\"0oaAllocation\",\"importOperation\":\"CREATE_AND_UPDATE\",\"sessionId\":\"aps1\",\"users\":[");
        for (int i = 0; i < USERS; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"externalId\":\"E-" + i + "\",\"profile\":{\"userName\":\"user" + i
                            + "@example.com\",\"email\":\"user" + i
                            + "@example.com\",\"firstName\":\"Zoë\",\"lastName\":\"Brock\",\"department\":\"R&D\","
                            + "\"costCenter\":" + i + "}}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] csv() {
        StringBuilder csv =
                new StringBuilder("External ID,User Name,Email,First Name,Last Name,department,costCenter\n");
        for (int i = 0; i < USERS; i++) {
            csv.append("E-" + i + ",user" + i + "@example.com,user" + i + "@example.com,Zoë,Brock,R&D," + i + "\n");
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void plan(RecordSource source) throws IOException {
        int[] users = {0};
        try (source) {
            SessionPlanner planner =
                    new SessionPlanner(PlanRules.oneSession(source.preface().operation(), false), session -> {
                        users[0] = session.users();
                        session.release();
                    });
            source.read(planner, SchemaKnowledge.NOT_ASKED);
            planner.finish();
        }
        assertThat(users[0]).isEqualTo(USERS);
    }

    @Test
    @DisplayName("in a payload: not much more than Jackson's streaming core, which checks nothing")
    void payload() throws IOException {
        byte[] json = json();
        JsonFactory factory = new JsonFactory();
        long floor = bytesPerUser(() -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
            try (JsonParser in = factory.createParser(json);
                    JsonGenerator to = factory.createGenerator(out, JsonEncoding.UTF8)) {
                while (in.nextToken() != null) {
                    to.copyCurrentEvent(in);
                }
            }
        });
        long ours = bytesPerUser(() -> plan(new PayloadReader(with -> with.createParser(json), ImportDefaults.NONE)));
        assertThat(ours).as("bytes a user, beside %d of the floor", floor).isLessThanOrEqualTo(MOST_OF_A_PAYLOAD);
    }

    @Test
    @DisplayName("in a CSV file")
    void csvFile() throws IOException {
        byte[] csv = csv();
        FileFormat format = FileFormat.of("people.csv").orElseThrow();
        long ours =
                bytesPerUser(() -> plan(new FileSource(format, FILE, () -> new ByteArrayInputStream(csv)).records()));
        assertThat(ours).as("bytes a user").isLessThanOrEqualTo(MOST_OF_A_CSV);
    }
}
