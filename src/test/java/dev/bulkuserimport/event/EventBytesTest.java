package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An event's bytes")
class EventBytesTest {

    private static final int MOST = 500_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 65_535, 65_536, 65_537, 131_072, 499_999, 500_000, 500_001, 900_000})
    @DisplayName("are all that came, up to the most, whatever the stream says of itself")
    void read(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        byte[] expected = Arrays.copyOf(bytes, Math.min(length, MOST));
        for (int chunk : new int[] {1 << 20, 1_000}) {
            for (int available : new int[] {-1, 0, 3}) {
                FilterInputStream stream = new FilterInputStream(new ByteArrayInputStream(bytes)) {
                    @Override
                    public int read(byte[] target, int offset, int count) throws IOException {
                        return super.read(target, offset, Math.min(count, chunk));
                    }

                    @Override
                    public int available() throws IOException {
                        return available < 0 ? super.available() : Math.min(available, super.available());
                    }
                };
                assertThat(EventBytes.read(stream, MOST)).isEqualTo(expected);
            }
        }
    }
}
