package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.GivenSettings;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A call of the page, which the gateway lets in without asking,")
class CallerCheckTest {

    private static final Deadline TIME = Deadline.in(Duration.ofSeconds(10));

    private final CallerCheck check = new CallerCheck(
            GivenSettings.with("IMPORT_PAGE", "true", "IMPORT_WEBHOOK_SECRET", "s3cret-of-the-page"), new Secrets());

    private static HttpRequest call(String headers) {
        String event =
                "{\"routeKey\":\"POST /applications/{applicationId}/inspect\",\"rawPath\":\"/applications/0oa/inspect\","
                        + "\"headers\":{" + headers
                        + "},\"requestContext\":{\"stage\":\"$default\",\"http\":{\"method\":\"POST\"}}}";
        return ((Event.Http) EventReader.read(ByteChunks.of(event.getBytes(StandardCharsets.UTF_8)))).request();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"x-import-secret\":\"\"",
                "\"x-import-secret\":\"another\"",
                "\"authorization\":\"Bearer another\"",
                "\"authorization\":\"s3cret-of-the-page\""
            })
    @DisplayName("is refused by the function without the secret")
    void refused(String headers) {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> check.check(call(headers), false, TIME));
        assertThat(refused.problem().type()).isEqualTo(ProblemType.UNAUTHORIZED);
    }

    @Test
    @DisplayName("is let in with it")
    void letIn() {
        assertThatCode(() -> check.check(call("\"x-import-secret\":\"s3cret-of-the-page\""), false, TIME))
                .doesNotThrowAnyException();
    }
}
