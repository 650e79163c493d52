package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Label("Okta's error document")
class OktaErrorTest {

    @ParameterizedTest
    @CsvSource({
        "E0000001, Api validation failed: The application is not active, true",
        "E0000001, Api validation failed: inactive app, true",
        "E0000001, The identity source is not active, true",
        "E0000001, The identity source session is not active, false",
        "E0000001, The identity source is deactivated, true",
        "E0000143, App instance operation not allowed., true",
        "E0000107, The entity is not in the expected state for the requested transition., true",
        "E0000001, Only one active import session per identity source is allowed to be created every 5 minutes, false",
        "E0000001, Api validation failed: importSessionId, false",
        "E0000006, You do not have permission to perform the requested action, false"
    })
    @DisplayName("an inactive application is told from a session in the way")
    void inactive(String code, String summary, boolean inactive) {
        assertThat(OktaError.of(Answers.error(400, code, summary)).isInactiveApplication())
                .isEqualTo(inactive);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "502 | <html>Bad gateway</html> | true",
                "503 | '' | true",
                "504 | {\"message\":\"Endpoint request timed out\"} | true",
                "502 | {\"error\":\"bad_gateway\"} | true",
                "500 | {\"errorCode\":\"E0000009\",\"errorSummary\":\"Internal Server Error\"} | false",
                "503 | {\"errorCode\":\"E0000010\"} | false",
                "400 | <html>Bad request</html> | false"
            })
    @DisplayName("a failure of a gateway is one without an error code of Okta's")
    void gateway(int status, String body, boolean gateway) {
        assertThat(Answers.of(status, body).isGatewayFailure()).isEqualTo(gateway);
    }

    @Test
    @DisplayName("is passed on without values")
    void passedOn() {
        OktaError error = OktaError.of(
                Answers.of(
                        400,
                        "{\"errorCode\":\"E0000001\",\"errorSummary\":\"Api validation failed: 'isaac@x.org'\",\"errorId\":\"oaeXy-_1\","
                                + "\"errorCauses\":[{\"errorSummary\":\"email: 'isaac@x.org' is not valid\"},{\"other\":1},7]}"));
        Problem problem = error.addTo(Problem.of(ProblemType.OKTA_REJECTED, error.sentence()));
        assertThat(problem.more())
                .containsEntry("errorCode", "E0000001")
                .containsEntry("errorSummary", "Api validation failed: …")
                .containsEntry("errorId", "oaeXy-_1")
                .containsEntry("errorCauses", List.of("email: … is not valid"));
        assertThat(error.toString()).isEqualTo("Okta answered 400 E0000001");
        assertThat(error.says("ISAAC@")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "20, 20, false", "30, 20, true"})
    @DisplayName("lists the first causes, and says how many there are where it leaves some out")
    void manyCauses(int causes, int listed, boolean counted) {
        OktaError error = OktaError.of(Answers.of(
                400,
                "{\"errorCode\":\"E0000001\",\"errorCauses\":["
                        + "{\"errorSummary\":\"profile is invalid\"},".repeat(causes) + "{}]}"));
        Problem problem = error.addTo(Problem.of(ProblemType.OKTA_REJECTED, error.sentence()));
        assertThat((List<?>) problem.more().getOrDefault("errorCauses", List.of()))
                .hasSize(listed);
        assertThat(problem.more().containsKey("errorCausesCount")).isEqualTo(counted);
        if (counted) {
            assertThat(problem.more()).containsEntry("errorCausesCount", causes);
        }
    }

    @Test
    @DisplayName("of the token endpoint is read too")
    void token() {
        OktaError error = OktaError.of(Answers.of(
                401, "{\"error\":\"invalid_client\",\"error_description\":\"The token 'eyJ' is expired.\"}"));
        assertThat(error.code()).contains("invalid_client");
        assertThat(error.summary()).contains("The token … is expired.");
        assertThat(error.isOktas()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "1",
                "{}",
                "{\"errorCode\":7}",
                "{\"errorCode\":\"isaac@example.com\"}",
                "{\"errorCode\":\"E0000001 isaac\"}",
                "{\"error\":\"Access Denied\"}",
                "{\"errorCode\":\"E0000001\"} trailing"
            })
    @DisplayName("is none in other bodies")
    void none(String body) {
        OktaError error = OktaError.of(Answers.of(403, body));
        assertThat(error.isOktas()).isFalse();
        assertThat(error.sentence()).isEqualTo("Okta answered 403");
    }

    @Test
    @DisplayName("is none in bytes that break decoders")
    void bytes() {
        for (byte[] body : List.of(
                new byte[] {0, 0, 0, 0x61, 0},
                new byte[] {0, 0, (byte) 0xfe, (byte) 0xff, 0, 0x61, 0},
                new byte[] {(byte) 0xff, (byte) 0xfe, 0x61},
                new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'},
                "[".repeat(60_000).getBytes(StandardCharsets.US_ASCII),
                "{\"a\":".repeat(10_000).getBytes(StandardCharsets.US_ASCII),
                ("{\"errorCode\":" + "9".repeat(50_000) + "}").getBytes(StandardCharsets.US_ASCII))) {
            assertThat(OktaError.of(Answers.of(400, body)).isOktas()).isFalse();
            assertThat(Answers.of(202, body).isAcceptance()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n\t", "{}", "[]", "{\"id\":\"aps1\"}", "null", "true"})
    @DisplayName("aside, an acceptance is a success that is empty or JSON")
    void acceptance(String body) {
        assertThat(Answers.of(202, body).isAcceptance()).isTrue();
        assertThat(Answers.of(400, body).isAcceptance()).isFalse();
        assertThat(Answers.page(202).isAcceptance()).isFalse();
    }

    @Property
    @Label("is read from any bytes without throwing")
    void anything(@ForAll byte[] body) {
        OktaReply.Answered answer = Answers.of(400, body);
        OktaError.of(answer).addTo(Problem.of(ProblemType.OKTA_REJECTED, ""));
        answer.isAcceptance();
        ImportSession.of(answer);
    }
}
