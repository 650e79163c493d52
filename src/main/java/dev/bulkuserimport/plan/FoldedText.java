package dev.bulkuserimport.plan;

/** A text as Okta compares logins: without regard to case. It looks into the text where it is. */
final class FoldedText implements CharSequence {

    private char[] text = {};
    private int offset;
    private int length;

    FoldedText of(char[] newText, int newOffset, int newLength) {
        text = newText;
        offset = newOffset;
        length = newLength;
        return this;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        char c = text[offset + index];
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        }
        // In both steps, as String.equalsIgnoreCase does, for the few letters whose cases don't come in pairs.
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().substring(start, end);
    }

    @Override
    public String toString() {
        StringBuilder folded = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            folded.append(charAt(i));
        }
        return folded.toString();
    }
}
