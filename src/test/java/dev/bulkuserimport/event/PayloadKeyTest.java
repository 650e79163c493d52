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
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'idempotencyKey':'a','users':[],'idempotencyKey':'b'}",
                "{'idempotencyKey':null,'idempotencyKey':'b'}"
            })
    @DisplayName("that comes twice is refused: neither is the caller's for certain")
    void twice(String json) {
        assertThatThrownBy(() -> PayloadKey.of(stream(json)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("idempotencyKey appears twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'idempotency\\u004bey':'k1'}", "{'\\u0069dempotencyKey':'k1','users':[]}"})
    @DisplayName("is found with escaped letters, too")
    void escaped(String json) throws IOException {
        assertThat(PayloadKey.mayBeIn(stream(json))).isTrue();
        assertThat(PayloadKey.of(stream(json))).contains("k1");
    }

    @Test
    @DisplayName("is found in UTF-16, too")
    void wide() throws IOException {
        byte[] json = "{\"idempotencyKey\":\"k1\"}".getBytes(StandardCharsets.UTF_16LE);
        assertThat(PayloadKey.mayBeIn(new ByteArrayInputStream(json))).isTrue();
        assertThat(PayloadKey.of(new ByteArrayInputStream(json))).contains("k1");
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
