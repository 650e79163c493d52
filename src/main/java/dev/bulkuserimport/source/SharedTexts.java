package dev.bulkuserimport.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A workbook's table of texts, each of which its cells name by number. All must be at hand, so they are kept as bytes, one behind the other. */
final class SharedTexts {

    /** Bytes of all texts together. */
    private static final int MOST_BYTES = 48_000_000;

    private static final int MOST_TEXTS = 3_000_000;

    /** Texts that are kept decoded, because many cells name the same; together they are at most 17 MB. */
    private static final int SHARED = 256;

    private byte[] bytes = new byte[4096];
    private int[] ends = new int[256];
    private int count;
    private final char[][] shared = new char[SHARED][];
    private final int[] numbers = new int[SHARED];

    private SharedTexts() {
        Arrays.fill(numbers, -1);
    }

    /** @param xml the part of the workbook that holds them */
    static SharedTexts read(SheetXml xml) throws IOException {
        SharedTexts texts = new SharedTexts();
        while (xml.nextStart("si")) {
            texts.add(xml.richText("si").getBytes(StandardCharsets.UTF_8));
        }
        return texts;
    }

    static SharedTexts none() {
        return new SharedTexts();
    }

    private void add(byte[] text) {
        int start = count == 0 ? 0 : ends[count - 1];
        if (count >= MOST_TEXTS || start + text.length > MOST_BYTES) {
            throw Malformed.whole("The workbook has more than " + MOST_TEXTS + " different texts or "
                    + MOST_BYTES / 1_000_000 + " MB of them: save it as \"CSV UTF-8\", which may be of any size");
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        if (start + text.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length + bytes.length / 2, start + text.length));
        }
        System.arraycopy(text, 0, bytes, start, text.length);
        ends[count++] = start + text.length;
    }

    /**
     * The text of this number, which must not be changed: cells that name one text share it.
     *
     * @return empty where there is no such text
     */
    Optional<char[]> get(String number) {
        int index = SheetXml.digits(number);
        if (index < 0 || index >= count) {
            return Optional.empty();
        }
        int slot = index % SHARED;
        if (numbers[slot] != index) {
            int start = index == 0 ? 0 : ends[index - 1];
            shared[slot] = new String(bytes, start, ends[index] - start, StandardCharsets.UTF_8).toCharArray();
            numbers[slot] = index;
        }
        return Optional.of(shared[slot]);
    }
}
