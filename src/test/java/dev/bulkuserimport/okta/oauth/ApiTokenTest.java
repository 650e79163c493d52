package dev.bulkuserimport.okta.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.secret.Secret;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An API token")
class ApiTokenTest {

    private static final Deadline TIME = Deadline.in(Duration.ofSeconds(10));

    private static final OktaCall CALL = OktaCall.getSchema("0oa1");

    @Test
    @DisplayName("is sent in Okta's own scheme, without white space around it")
    void sent() {
        assertThat(new ApiToken(Secret.given(" 00to-ken_1 "))
                        .authorize(CALL, TIME)
                        .header())
                .contains("SSWS 00to-ken_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\n  \"token\": \"00secret\"\n}", "00secret 1", "00secret\u0001", "00secret\u00FC", " "})
    @DisplayName("that no header can hold, as a whole JSON document, is refused by the setting's name and never shown")
    void unusable(String value) {
        assertThatThrownBy(() -> new ApiToken(Secret.given(value)).authorize(CALL, TIME))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().type()).isEqualTo(ProblemType.OKTA_UNAUTHORIZED);
                    assertThat(e.problem().detail())
                            .contains("OKTA_CLIENT_TOKEN")
                            .doesNotContain("00secret");
                });
    }
}
