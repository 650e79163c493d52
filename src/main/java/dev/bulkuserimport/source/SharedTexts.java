package dev.bulkuserimport.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A workbook's shared strings, which cells refer to by number. All must be available, so they are kept as consecutive bytes. */
final class SharedTexts {

    /** The most bytes of all texts together. */
    private static final int MOST_BYTES = 48_000_000;

    private static final int MOST_TEXTS = 3_000_000;

    /** The number of texts that are cached decoded, because many cells refer to the same; together they take at most 17 MB. */
    private static final int SHARED = 256;

    private byte[] bytes = new byte[4096];
    private int[] ends = new int[256];
    private int count;
    private final char[][] shared = new char[SHARED][];
    private final int[] numbers = new int[SHARED];

    private SharedTexts() {
        Arrays.fill(numbers, -1);
    }

    /** @param xml the part of the workbook that contains them */
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
                    + MOST_BYTES / 1_000_000 + " MB of them: save it as \"CSV UTF-8\", which may have any size");
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
     * The text with this number, which must not be modified: cells with the same text share it.
     *
     * @return empty if there is no such text
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
