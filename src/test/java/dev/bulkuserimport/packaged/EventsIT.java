package dev.bulkuserimport.packaged;

import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.support.Lambda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@OnTheStand
@DisplayName("function.zip")
class EventsIT {

    private final TestStand stand;

    EventsIT(TestStand stand) {
        this.stand = stand;
    }

    /** This JDK and those that stand beside it, from 17 on; a native function needs none. */
    static Stream<Path> javas() throws IOException {
        Path own = TestStand.JAVA.toRealPath();
        if (FunctionProcess.isNative(TestStand.BUILD)) {
            return Stream.of(own);
        }
        List<Path> homes = new ArrayList<>(List.of(own));
        try (Stream<Path> beside = Files.list(own.getParent())) {
            for (Path home : beside.toList()) {
                boolean runs = Files.isExecutable(home.resolve("bin/java")) && TestStand.feature(home) >= 17;
                if (runs && !homes.contains(home.toRealPath())) {
                    homes.add(home.toRealPath());
                }
            }
        }
        return homes.stream();
    }

    @ParameterizedTest
    @MethodSource("javas")
    @DisplayName("answers direct and HTTP events, good and bad, one after the other")
    void answers(Path java) throws IOException {
        try (FunctionProcess function = stand.start(java, Map.of())) {
            OktaSession session = stand.okta.newSession(TestStand.APP);
            assertThat(imported(TestStand.invoke(function, TestStand.payload(session, 450))))
                    .isEqualTo(450);
            assertThat(session.users().get("E-7").path("côst ✓").asText()).isEqualTo("7");

            Lambda.Result http = TestStand.invoke(
                    function,
                    Lambda.sample("http-api-v2").put("body", stand.payload(3).toString()));
            assertThat(http.json().path("statusCode").asInt()).isEqualTo(200);
            assertProblem(TestStand.invoke(function, "{\"users\":")).is("malformed-payload");
            assertThat(imported(TestStand.invoke(function, stand.payload(10_000))))
                    .isEqualTo(10_000);

            assertThat(function.printed()).doesNotContain(EmbeddedOkta.TOKEN).doesNotContain("user7@example.com");
            List<JsonNode> lines = function.printed()
                    .lines()
                    .filter(line -> line.startsWith("{"))
                    .map(Lambda::parse)
                    .toList();
            assertThat(lines)
                    .as("one metric per import, the unreadable one too")
                    .filteredOn(line -> line.has("_aws"))
                    .hasSize(4);
            assertThat(lines)
                    .as("one JSON line per import")
                    .filteredOn(line -> line.path("message").asText().startsWith("imported applicationId="))
                    .hasSize(3);
        }
    }

    private static int imported(Lambda.Result result) {
        assertThat(result.isFunctionError()).as(result.json()::toString).isFalse();
        return result.json().path("recordsImported").asInt();
    }
}
