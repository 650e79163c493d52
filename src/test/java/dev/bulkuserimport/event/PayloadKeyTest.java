package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A payload's idempotencyKey")
class PayloadKeyTest {

    private static InputStream stream(String json) {
        return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'idempotencyKey':'k1','users':[]} | k1",
                "{'users':[{'idempotencyKey':'no'}],'idempotencyKey':'k2'} | k2",
                "{'idempotencyKey':null} |",
                "{'users':[{'idempotencyKey':'no'}]} |",
                "{'idempotencyKey':'k', broken |",
                "[] |",
                "'idempotencyKey' |"
            })
    @DisplayName("is the member of the top level, wherever it is")
    void key(String json, String key) {
        assertThat(PayloadKey.of(stream(json)).orElse(null)).isEqualTo(key);
    }

    @Test
    @DisplayName("that is no text is refused")
    void notText() {
        assertThatThrownBy(() -> PayloadKey.of(stream("{'idempotencyKey':7}"))).isInstanceOf(ProblemException.class);
    }

    @Test
    @DisplayName("is looked for byte by byte, across any boundary of a buffer")
    void search() throws IOException {
        for (int before = 8150; before < 8200; before++) {
            assertThat(PayloadKey.mayBeIn(stream("'".repeat(before) + "idempotencyKey':'k'")))
                    .isTrue();
            assertThat(PayloadKey.mayBeIn(stream("x".repeat(before) + "'idempotencyKe','dempotencyKey'")))
                    .isFalse();
        }
    }
}
