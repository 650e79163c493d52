package dev.bulkuserimport.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Why an upload isn't complete")
class StopTest {

    private static Problem unavailable(String detail) {
        return Problem.unavailable(detail, Duration.ofSeconds(1));
    }

    private static Problem rejected(String detail) {
        return Problem.of(ProblemType.OKTA_REJECTED, detail);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', false",
        "fault, 503, false",
        // A fault of another request that a retry resolved explains nothing.
        "refused fault, 400, false",
        "fault refused fault, 400, false",
        "lost fault, lost, false",
        "refused lost, 400, false",
        "lost refused, lost, false",
        "refused ended, 410, true",
        "refused fault late, 503, true",
        "refused late, Okta's rate limit, true",
        "now refused late, 403, true"
    })
    @DisplayName("is the reason for stopping, else the first lasting failure, else the last passing one")
    void reason(String events, String detail, boolean isStopped) {
        Stop stop = new Stop();
        for (String event : events.split(" ")) {
            switch (event) {
                case "fault" -> stop.note(unavailable("503"));
                case "lost" -> stop.lost(unavailable("lost"));
                case "refused" -> stop.refused(rejected("400"), false);
                case "ended" -> stop.refused(rejected("410"), true);
                case "late" -> stop.outOfTime(Duration.ofSeconds(1));
                case "now" -> stop.now(rejected("403"));
                default -> {
                    // Nothing went wrong.
                }
            }
        }
        assertThat(stop.failure().map(Problem::detail).orElse("")).startsWith(detail);
        assertThat(stop.failure().isPresent()).isEqualTo(!detail.isEmpty());
        assertThat(stop.isStopped()).isEqualTo(isStopped);
    }

    @Test
    @DisplayName("names what helps behind API Gateway, where a longer timeout of the function doesn't")
    void gateway() {
        Stop stop = new Stop();
        stop.outOfTime(Duration.ZERO);
        assertThat(stop.failure().orElseThrow().detail()).contains("function's timeout", "API Gateway", "Function URL");
    }
}
