package dev.bulkuserimport.rules;

/** What no text of a record may contain, because JSON or Okta can't carry it. */
public final class RecordText {

    private RecordText() {}

    /** What is wrong with a text, said without the text; null when nothing is. */
    public static String fault(char[] text, int offset, int length) {
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            char c = text[i];
            if (c == 0) {
                return "contains a NUL character";
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text[i + 1])) {
                    i++;
                } else {
                    return "contains half of a surrogate pair, which is no character";
                }
            }
        }
        return null;
    }
}
