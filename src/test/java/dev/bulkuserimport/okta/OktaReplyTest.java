package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("An answer of Okta's")
class OktaReplyTest {

    static Stream<Arguments> nonces() {
        return Stream.of(
                Arguments.of("n-0S6_WzA2Mj~!", true),
                Arguments.of("n".repeat(1_000), true),
                Arguments.of("n".repeat(1_001), false),
                Arguments.of("", false),
                Arguments.of("a b", false),
                Arguments.of("a\"b", false),
                Arguments.of("a\\b", false),
                Arguments.of("a\u00E9", false));
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("has a nonce only where it can be in a proof: another one would be in all further requests")
    void nonces(String header, boolean usable) {
        OktaReply.Answered answer = OktaReply.Answered.of(
                401,
                new byte[0],
                name -> switch (name) {
                    case "DPoP-Nonce" -> List.of(header);
                    case "WWW-Authenticate" -> List.of("DPoP error=\"use_dpop_nonce\"");
                    default -> List.of();
                },
                Instant.EPOCH);
        assertThat(answer.nonce().isPresent()).isEqualTo(usable);
        assertThat(answer.asksForNonce()).isEqualTo(usable);
    }
}
