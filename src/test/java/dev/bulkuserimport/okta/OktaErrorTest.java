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
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Okta's error document")
class OktaErrorTest {

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
