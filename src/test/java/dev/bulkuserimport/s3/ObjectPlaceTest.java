package dev.bulkuserimport.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

@DisplayName("An object's place")
class ObjectPlaceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nERROR all is lost", "a\r\nb", "a\u0085b", "a\u2028b", "a\u2029b", "a\u001b[31mb", "a\u0000b"
            })
    @DisplayName("is one line in messages and in the log, whatever its key is")
    void oneLine(String key) {
        ObjectVersion object = new ObjectVersion("hr", key, Optional.empty(), Optional.of("e1"), Optional.empty());
        String refused = S3Failure.of(S3Exception.builder().statusCode(403).build(), "hr", key)
                .getMessage();
        for (String line : new String[] {
            object.place(),
            refused,
            S3Failure.broken("hr", key).getMessage(),
            S3Failure.contended("hr", key).getMessage(),
            S3Failure.tooSlow("hr", key).getMessage()
        }) {
            assertThat(line).contains("s3://hr/a\\u").doesNotContainPattern("[\\p{Cc}\u2028\u2029]");
        }
        assertThat(new ObjectPlace("hr", key).url()).as("the key itself").endsWith(key);
    }
}
