package dev.bulkuserimport.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

@DisplayName("A signed call to AWS")
class SignedCallTest {

    @Test
    @DisplayName("is refused while AWS gives no credentials, and may be repeated")
    void noCredentials() {
        SdkClientException cause = SdkClientException.create("AKIA0123456789 has expired");
        assertThatThrownBy(() -> SignedCall.credentials(() -> {
                    throw cause;
                }))
                .isInstanceOfSatisfying(SignedCall.RefusedException.class, refused -> assertThat(refused.isFinal())
                        .isFalse())
                .hasCause(cause)
                .hasMessage("AWS gives the function no credentials at the moment");
    }

    @Test
    @DisplayName("is signed with the credentials that AWS gives")
    void credentials() throws IOException {
        AwsBasicCredentials given = AwsBasicCredentials.create("id", "key");
        assertThat(SignedCall.credentials(() -> given)).isEqualTo(given);
    }
}
