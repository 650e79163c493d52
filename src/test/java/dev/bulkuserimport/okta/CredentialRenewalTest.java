package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("After a 401, the credential")
class CredentialRenewalTest {

    private static final Deadline TIME = Deadline.in(Duration.ofSeconds(10));
    private static final OktaCall CALL = OktaCall.getSchema("0oa1");
    private static final OktaReply.Answered REFUSAL = Answers.error(401, "E0000011", "Invalid token");

    private final Stored credentials = new Stored();
    private final CredentialRenewal renewal = new CredentialRenewal(credentials);

    /** A secret that is read again now and then, and when it is asked to be. */
    private static final class Stored implements Credentials {
        private String present = "monday";
        private String stored = "monday";
        private int reads;

        @Override
        public Authorization authorize(OktaCall call, Deadline deadline) {
            return Authorization.of("SSWS " + present);
        }

        @Override
        public Renewal renew(OktaReply.Answered refusal, Deadline deadline) {
            reads++;
            boolean same = present.equals(stored);
            present = stored;
            return same ? Renewal.NONE : Renewal.RENEWED;
        }
    }

    private boolean renewed(Authorization refused) {
        return renewal.renew(CALL, refused, REFUSAL, TIME);
    }

    @Test
    @DisplayName(
            "of an older request, replaced since by one that was read for a later request, is no reason to give up")
    void replaced() {
        Authorization older = credentials.authorize(CALL, TIME);
        credentials.stored = "tuesday";
        credentials.present = "tuesday";
        assertThat(renewed(older)).isTrue();
        assertThat(credentials.reads).isZero();
        assertThat(renewal.generation())
                .as("others that were sent with it are sent again too")
                .isEqualTo(1);
        assertThat(renewed(credentials.authorize(CALL, TIME)))
                .as("the new one is refused as well")
                .isFalse();
    }

    @Test
    @DisplayName("that is still the present one is read again, once")
    void present() {
        Authorization present = credentials.authorize(CALL, TIME);
        credentials.stored = "tuesday";
        assertThat(renewed(present)).isTrue();
        assertThat(renewed(credentials.authorize(CALL, TIME))).isFalse();
        assertThat(credentials.reads).isEqualTo(1);
    }

    @Test
    @DisplayName("that is still the stored one is given up")
    void same() {
        assertThat(renewed(credentials.authorize(CALL, TIME))).isFalse();
        assertThat(credentials.reads).isEqualTo(1);
    }
}
