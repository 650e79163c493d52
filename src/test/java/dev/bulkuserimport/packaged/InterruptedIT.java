package dev.bulkuserimport.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.support.Eventually;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.PutFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lambda kills an environment whose time is over, and freezes it between two invocations. */
@OnTheStand
@DisplayName("function.zip, interrupted,")
class InterruptedIT {

    /** The time of an invocation, which no machine needs. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final TestStand stand;

    InterruptedIT(TestStand stand) {
        this.stand = stand;
    }

    @Test
    @DisplayName("that is killed between claim and start leaves a file that the next delivery imports once and whole")
    void killed() throws InterruptedException {
        stand.okta.application("0oaKilled");
        StringBuilder csv = new StringBuilder("externalId,userName\n");
        for (int i = 0; i < 1_000; i++) {
            csv.append("E-").append(i).append(",u").append(i).append('\n');
        }
        PutFile file = stand.bucket("packaged").put("imports/0oaKilled/create-and-update/people.csv", csv.toString());
        byte[] event = file.event().toString().getBytes(StandardCharsets.UTF_8);
        stand.okta.fault(Fault.upload(Fault.Kind.SILENCE_AFTER).after(2).times(9));
        try (FunctionProcess function = stand.start(stand.withStorage())) {
            Thread call = new Thread(() -> {
                try {
                    function.api().invoke(event, LIMIT);
                } catch (IllegalStateException e) {
                    // Killed, as it should be.
                }
            });
            call.start();
            Eventually.assertThat(() -> stand.okta.receivedUploads() >= 3);
            function.kill();
            call.join();
        }
        stand.okta.heal();
        file.claimIsOver();
        Lambda.Result result = TestStand.invoke(stand.function(), file.event());
        assertThat(result.json().at("/results/0/recordsImported").asInt())
                .as(() -> result.json().toString())
                .isEqualTo(1_000);
        List<OktaSession> sessions = stand.okta.sessionsOf("0oaKilled");
        assertThat(sessions).extracting(OktaSession::status).first().isEqualTo("CLOSED");
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(1).users()).hasSize(1_000);
        assertThat(sessions.get(1).repeated()).isEmpty();
    }

    @Test
    @DisplayName("works again after a freeze in which all its connections were closed")
    void frozen() throws IOException, InterruptedException {
        FunctionProcess function = stand.function();
        for (int i = 0; i < 3; i++) {
            Lambda.Result result = TestStand.invoke(function, stand.payload(1_000));
            assertThat(result.isFunctionError())
                    .as(() -> result.json().toString())
                    .isFalse();
            signal(function, "-STOP");
            stand.okta.dropConnections();
            Eventually.assertThat(() -> stand.okta.connections() == 0);
            signal(function, "-CONT");
        }
    }

    private static void signal(FunctionProcess function, String signal) throws IOException, InterruptedException {
        // The shell's own kill: a bare system has no other.
        assertThat(new ProcessBuilder("sh", "-c", "kill " + signal + " " + function.pid())
                        .start()
                        .waitFor())
                .isZero();
    }
}
