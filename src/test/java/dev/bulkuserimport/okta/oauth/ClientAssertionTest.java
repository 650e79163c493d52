package dev.bulkuserimport.okta.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client assertion")
class ClientAssertionTest {

    private static final String URL = "https://example.okta.com/oauth2/v1/token";
    private static final Deadline TIME = Deadline.in(Duration.ofSeconds(30));

    private final Stored stored = new Stored();
    private final ClientAssertion assertion = new ClientAssertion("0oa1client", Optional.empty(), stored);

    /** A secret whose value changes as a stored one's does, without anybody who asks for it. */
    private static final class Stored implements Secret {

        private Optional<String> value = Optional.empty();
        private String next = "";

        @Override
        public String value(Deadline deadline) {
            return value.orElseThrow(() ->
                    Problem.of(ProblemType.SECRET_UNAVAILABLE, "No answer.").exception());
        }

        @Override
        public boolean reread(Deadline deadline) {
            boolean changed = !value.equals(Optional.of(next));
            value = Optional.of(next);
            return changed;
        }
    }

    private static ECKey key(String kid) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    }

    private SignedJWT signed() throws Exception {
        return SignedJWT.parse(assertion.sign(URL, TIME));
    }

    private void assertSignedBy(ECKey key) throws Exception {
        SignedJWT jwt = signed();
        assertThat(jwt.getHeader().getKeyID()).isEqualTo(key.getKeyID());
        assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
    }

    @Test
    @DisplayName("is signed with the key that the secret holds by then, though Okta never refused the old one")
    void rotated() throws Exception {
        ECKey old = key("old");
        ECKey current = key("new");
        stored.value = Optional.of(old.toJSONString());
        assertSignedBy(old);
        assertSignedBy(old);
        stored.value = Optional.of(current.toJSONString());
        assertSignedBy(current);
    }

    @Test
    @DisplayName("is signed with the new key as soon as it was read again for Okta's refusal")
    void reread() throws Exception {
        ECKey old = key("old");
        ECKey current = key("new");
        stored.value = Optional.of(old.toJSONString());
        stored.next = current.toJSONString();
        assertSignedBy(old);
        assertThat(assertion.rereadKey(TIME)).isTrue();
        assertSignedBy(current);
        assertThat(assertion.rereadKey(TIME)).isFalse();
    }

    @Test
    @DisplayName("isn't signed with the old key once the secret can no longer be read, or holds something else")
    void unusable() throws Exception {
        stored.value = Optional.of(key("old").toJSONString());
        signed();
        for (Optional<String> value : List.of(Optional.<String>empty(), Optional.of("{\"kty\":\"EC\"}"))) {
            stored.value = value;
            assertThatThrownBy(this::signed).isInstanceOf(ProblemException.class);
        }
    }
}
