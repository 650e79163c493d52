package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Gzip of any number of members, whole or not. */
class GzipTest {

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static String read(byte[] bytes) throws IOException {
        try (GzipStream gzip = new GzipStream(new ByteArrayInputStream(bytes))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void members() throws IOException {
        assertThat(read(gzip("one"))).isEqualTo("one");
        assertThat(read(joined(gzip("one"), gzip(""), gzip(" two")))).isEqualTo("one two");
        assertThat(read(joined(gzip("one"), new byte[512]))).isEqualTo("one");
        assertThat(read(gzip(""))).isEmpty();
    }

    @Test
    void tenThousandEmptyMembersAreRefused() throws IOException {
        byte[][] members = new byte[10_000][];
        Arrays.fill(members, gzip(""));
        byte[] bytes = joined(members);
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("members");
        assertThat(Imported.of("people.json.gz", bytes).told()).startsWith("malformed-payload ");
    }

    @Test
    void everyCutIsNoticed() throws IOException {
        byte[] whole = joined(gzip("External ID,User Name\r\n".repeat(40)), gzip("E-1,ana\r\n"));
        int first = gzip("External ID,User Name\r\n".repeat(40)).length;
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length == first) {
                // Nothing tells one member from the first of two.
                continue;
            }
            assertThatThrownBy(() -> read(cut))
                    .as("cut at " + length)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("gzip");
        }
    }

    @Test
    void nothingIsAnEmptyExport() {
        assertThatThrownBy(() -> read(new byte[0]))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("invalid-request")
                .hasMessageContaining("empty");
    }

    @Test
    void everyFlippedBitOfTheContentIsNoticed() throws IOException {
        byte[] whole = gzip("External ID,User Name\r\nE-1,ana\r\n");
        for (int i = 10; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            try {
                // Bits that fill up the last byte of the content say nothing.
                assertThat(read(damaged)).as("byte " + i).isEqualTo(read(whole));
            } catch (ProblemException e) {
                assertThat(e).hasMessageContaining("gzip");
            }
        }
    }

    @Property
    void anyBytesEndInAnAnswer(@ForAll byte[] bytes) throws IOException {
        byte[] disguised = joined(new byte[] {0x1F, (byte) 0x8B, 8, 0}, bytes);
        for (byte[] file : new byte[][] {bytes, disguised}) {
            try {
                read(file);
            } catch (ProblemException e) {
                assertThat(e.problem().type().slug())
                        .isEqualTo(file.length == 0 ? "invalid-request" : "malformed-payload");
            }
        }
    }
}
