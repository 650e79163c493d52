package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A refused call about a session")
class OktaProblemsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // status | body | whether it would have changed something | what it is
                "400 | {\"errorCode\":\"E0000001\",\"errorSummary\":\"x\"} | true | SESSION_CONFLICT",
                "400 | {\"errorCode\":\"E0000001\",\"errorSummary\":\"x\"} | false | OKTA_REJECTED",
                "409 | {\"errorCode\":\"E0000001\",\"errorSummary\":\"x\"} | true | SESSION_CONFLICT",
                "409 | {\"errorCode\":\"E0000001\",\"errorSummary\":\"x\"} | false | SESSION_CONFLICT",
                "409 | '' | true | OKTA_REJECTED",
                "400 | <html>Bad request</html> | true | OKTA_REJECTED",
                "400 | '' | true | OKTA_REJECTED",
                "400 | {\"error\":\"invalid_request\"} | true | OKTA_REJECTED",
                "409 | {\"error\":\"x_y\",\"error_description\":\"The application is disabled\"} | false | OKTA_REJECTED",
                "400 | {\"errorCode\":\"E0000143\",\"errorSummary\":\"x\"} | true | OKTA_REJECTED",
                "410 | {\"errorCode\":\"E0000001\",\"errorSummary\":\"x\"} | true | OKTA_REJECTED"
            })
    @DisplayName("is a conflict only where Okta itself says so, and where a session can be in the way")
    void refused(int status, String body, boolean changes, ProblemType type) {
        assertThat(OktaProblems.refused(OktaError.of(Answers.of(status, body)), changes)
                        .type())
                .isEqualTo(type);
    }

    @Test
    @DisplayName("of a gateway have no word of what it answers, not even as a code")
    void gateway() {
        String body = "{\"error\":\"isaac\",\"error_description\":\"The application of isaac is disabled\"}";
        for (int status : new int[] {401, 403}) {
            Problem problem = OktaProblems.unauthorized(
                    OktaError.of(Answers.of(status, body)), Optional.of(Scope.IDENTITY_SOURCES_MANAGE));
            assertThat(problem.detail() + problem.more())
                    .doesNotContain("isaac")
                    .contains("in front of Okta");
        }
        assertThat(OktaProblems.refused(OktaError.of(Answers.of(400, body)), true)
                        .detail())
                .doesNotContain("isaac")
                .doesNotContain("inactive")
                .contains("in front of Okta");
    }
}
