package dev.bulkuserimport.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Mapped users")
class LargeAnswerTest {

    private static final int USERS = 500;

    /** Lambda's limit. */
    private static final int MOST_BYTES = 6_291_556;

    private static byte[] mapped(String character, int count) {
        StringBuilder users = new StringBuilder();
        for (int i = 0; i < USERS; i++) {
            users.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"E-")
                    .append(i)
                    .append("\",\"note\":\"a")
                    .append(character.repeat(count))
                    .append("\"}");
        }
        byte[] body =
                ("{\"importOperation\":\"upsert\",\"mapping\":{\"externalId\":\"id\",\"profile\":{\"note\":\"note\"}},"
                                + "\"users\":[" + users + "]}")
                        .getBytes(StandardCharsets.UTF_8);
        // With a mapping, no schema is read.
        return new UserMapping(null)
                .run(json -> json.createParser(body), Optional.of("0oa1"), Deadline.in(Duration.ofSeconds(60)));
    }

    /** As an HTTP answer is made of it. */
    private static int inHttpAnswer(byte[] json) {
        String body =
                new String(json, StandardCharsets.UTF_8).replace("<", "\\u003c").replace(">", "\\u003e");
        return JsonOutput.bytes(Map.of("body", body)).length;
    }

    @ParameterizedTest
    @CsvSource({
        "x, 11000, true",
        "x, 13000, false",
        "é, 5500, true",
        "<, 1600, true",
        "<, 1800, false",
        ">, 1600, true",
        ">, 1800, false",
        "\\\\, 2800, true",
        "\\\\, 3200, false",
        "'\\\"', 2800, true",
        "'\\\"', 3200, false"
    })
    @DisplayName("are answered when Lambda can carry them in an HTTP answer, and refused otherwise")
    void large(String character, int count, boolean fits) {
        if (fits) {
            assertThat(inHttpAnswer(mapped(character, count))).isBetween(5_000_000, MOST_BYTES);
        } else {
            assertThat(catchThrowableOfType(ProblemException.class, () -> mapped(character, count))
                            .problem()
                            .type())
                    .isEqualTo(ProblemType.INVALID_REQUEST);
        }
    }
}
