package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;

/**
 * The numbers in a state's entries, read where they are: counts and lengths take one byte for each seven bits, the lowest first (unsigned
 * LEB128), hashes and times their full width, the highest byte first.
 */
abstract class EntryCursor {

    final ByteChunks bytes;

    /** The offset of what is read next. */
    int next;

    EntryCursor(ByteChunks bytes) {
        this.bytes = bytes;
    }

    final int number() {
        int number = 0;
        int shift = 0;
        while (true) {
            byte part = bytes.get(next++);
            number |= (part & 0x7F) << shift;
            if (part >= 0) {
                return number;
            }
            shift += 7;
        }
    }

    final int integer(int at) {
        int number = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            number = number << 8 | bytes.get(at + i) & 0xFF;
        }
        return number;
    }

    final long longNumber(int at) {
        return (long) integer(at) << Integer.SIZE | integer(at + Integer.BYTES) & 0xFFFF_FFFFL;
    }

    static void writeNumber(ByteChunks out, int number) {
        int rest = number;
        while (rest >= 0x80) {
            out.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    static void writeInteger(ByteChunks out, int number) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(number >>> shift);
        }
    }

    static void writeLong(ByteChunks out, long number) {
        writeInteger(out, (int) (number >>> Integer.SIZE));
        writeInteger(out, (int) number);
    }
}
