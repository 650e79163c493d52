package dev.bulkuserimport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.ByteChunks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Bytes in chunks")
class ByteChunksTest {

    private static final int MOST = 600_000;

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 7, 16_383, 16_384, 16_385, 262_143, 262_144, 262_145, 524_289, 599_999, 600_000, 600_001, 900_000
            })
    @DisplayName("are all that a stream has, up to the most, however it comes")
    void read(int length) throws IOException {
        byte[] bytes = random(length);
        byte[] expected = Arrays.copyOf(bytes, Math.min(length, MOST));
        for (int portion : new int[] {1 << 20, 1_000}) {
            ByteChunks chunks = ByteChunks.read(inPortions(bytes, portion), MOST);
            assertThat(chunks.size()).isEqualTo(expected.length);
            assertThat(chunks.stream().readAllBytes()).isEqualTo(expected);
            chunks.release();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5_000, 16_384, 100_000})
    @DisplayName("are what was written, in pieces of any size, and any part of it")
    void written(int piece) throws IOException {
        byte[] bytes = random(600_000);
        ByteChunks chunks = new ByteChunks();
        for (int from = 0; from < bytes.length; from += piece) {
            if (piece == 1) {
                chunks.write(bytes[from]);
            } else {
                chunks.write(bytes, from, Math.min(piece, bytes.length - from));
            }
        }
        for (int[] part :
                new int[][] {{0, 600_000}, {0, 0}, {1, 262_143}, {262_143, 2}, {262_144, 262_144}, {200_000, 400_000}
                }) {
            byte[] expected = Arrays.copyOfRange(bytes, part[0], part[0] + part[1]);
            assertThat(chunks.stream(part[0], part[1]).readAllBytes()).isEqualTo(expected);
            ByteArrayOutputStream slices = new ByteArrayOutputStream();
            for (ByteBuffer slice : chunks.slices(part[0], part[1])) {
                slices.write(slice.array(), slice.arrayOffset() + slice.position(), slice.remaining());
            }
            assertThat(slices.toByteArray()).isEqualTo(expected);
        }
        chunks.truncate(262_144);
        chunks.write(7);
        chunks.set(3, (byte) 9);
        assertThat(chunks.size()).isEqualTo(262_145);
        assertThat(chunks.get(262_144)).isEqualTo((byte) 7);
        assertThat(chunks.get(3)).isEqualTo((byte) 9);
    }

    @Test
    @DisplayName("are nobody else's until they are given back")
    void reuse() throws IOException {
        ByteChunks first = ByteChunks.of(random(600_000));
        byte[] expected = first.stream().readAllBytes();
        ByteChunks second = ByteChunks.of(new byte[600_000]);
        assertThat(first.stream().readAllBytes()).isEqualTo(expected);
        second.release();
        assertThat(second.size()).isZero();
        ByteChunks third = ByteChunks.of(new byte[600_000]);
        assertThat(first.stream().readAllBytes()).isEqualTo(expected);
        first.release();
        third.release();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static FilterInputStream inPortions(byte[] bytes, int portion) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int count) throws IOException {
                return super.read(target, offset, Math.min(count, portion));
            }
        };
    }
}
