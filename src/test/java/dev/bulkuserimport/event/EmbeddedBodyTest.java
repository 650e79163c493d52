package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.ByteChunks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A body in its event")
class EmbeddedBodyTest {

    private static final String BODY = "\"a\\n\\u00e9\\ud83d\\ude42\\\\\\/\\\"z\"";

    @Test
    @DisplayName("has its escapes resolved in place")
    void resolved() throws IOException {
        ByteChunks event = ByteChunks.of((BODY + ",\"more\":1}").getBytes(StandardCharsets.UTF_8));
        EmbeddedBody body = EmbeddedBody.resolve(event, 0, false).orElseThrow();
        assertThat(new String(body.stream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("a\n\u00e9\ud83d\ude42\\/\"z");
    }

    @Test
    @DisplayName("is none when the event is cut off anywhere in it, in the middle of an escape too")
    void cutOff() {
        byte[] event = BODY.getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < event.length; length++) {
            assertThat(EmbeddedBody.resolve(ByteChunks.of(Arrays.copyOf(event, length)), 0, false))
                    .as("after %d bytes", length)
                    .isEmpty();
        }
    }
}
