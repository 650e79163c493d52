package dev.bulkuserimport.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A secret's place")
class SecretReferenceTest {

    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:okta-AbCdEf";

    @ParameterizedTest
    @CsvSource({
        SECRET + ",SECRETS_MANAGER," + SECRET + ",",
        "'  " + SECRET + "\n',SECRETS_MANAGER," + SECRET + ",",
        SECRET + ":token,SECRETS_MANAGER," + SECRET + ",token",
        SECRET + ":token::,SECRETS_MANAGER," + SECRET + ",token",
        "arn:aws:ssm:eu-central-1:123456789012:parameter/okta/token,SSM,"
                + "arn:aws:ssm:eu-central-1:123456789012:parameter/okta/token,"
    })
    @DisplayName("is an ARN of Secrets Manager, with a key of its JSON, or of a parameter")
    void arns(String text, SecretReference.Store store, String id, String key) {
        SecretReference reference = SecretReference.parse(text).orElseThrow();
        assertThat(reference.store()).isEqualTo(store);
        assertThat(reference.region()).isEqualTo("eu-central-1");
        assertThat(reference.id()).isEqualTo(id);
        assertThat(reference.jsonKey()).isEqualTo(Optional.ofNullable(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00abc", "pass:arn:aws:s3", "ARNold", "-----BEGIN PRIVATE KEY-----\nx"})
    @DisplayName("is no other text: that is the secret itself")
    void texts(String text) {
        assertThat(SecretReference.parse(text)).isEmpty();
        assertThat(Secrets.isMalformed(text)).isFalse();
        assertThat(new Secrets().of(text)).hasToString("Secret[hidden]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:s3:::bucket",
                "arn:aws:secretsmanager:eu-central-1:12:secret:short-account",
                "arn:aws:ssm:eu-central-1:123456789012:document/x",
                SECRET + ":::",
                SECRET + ":token:AWSCURRENT:",
                " " + SECRET + " and more"
            })
    @DisplayName("is no other ARN: that is a mistake, and no secret")
    void mistakes(String text) {
        assertThat(Secrets.isMalformed(text)).isTrue();
        assertThat(Secrets.isMalformed(SECRET + ":token::")).isFalse();
    }
}
