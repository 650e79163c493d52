package dev.bulkuserimport.rules;

import java.util.List;
import java.util.regex.Pattern;

/** What databases and programming languages write for a missing value. */
public final class Placeholder {

    /** In lower case, most frequent first. */
    private static final List<String> WORDS = List.of(
            "null",
            "none",
            "n/a",
            "na",
            "nan",
            "nil",
            "undefined",
            "(null)",
            "<null>",
            "<na>",
            "\\n",
            "[object object]",
            "system.object[]",
            "loading...",
            "loading\u2026");

    /** How the names of .NET's types begin, in lower case. */
    private static final List<String> TYPE_STARTS = List.of("system.", "microsoft.", "selected.", "deserialized.");

    /**
     * What PowerShell writes for a list or an object: the name of its type, such as {@code System.String[]}, {@code
     * System.Collections.Generic.List`1[System.String]} or {@code Microsoft.ActiveDirectory.Management.ADPropertyValueCollection}.
     */
    private static final Pattern TYPE = Pattern.compile(
            "(?:selected|deserialized)\\.(?:system|microsoft)\\.[\\w.]+"
                    + "|system\\.(?:collections|linq|xml|management\\.automation)\\.[\\w.]+(?:`\\d.*)?"
                    + "|system\\.[\\w.]+\\[\\]"
                    + "|microsoft\\.[\\w.]+(?:collection|\\[\\])"
                    + "|microsoft\\.graph\\.powershell\\.models\\.\\w+",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_TYPE = 300;

    /** A bit for each length that occurs. */
    private static final long LENGTHS =
            WORDS.stream().mapToLong(word -> 1L << word.length()).reduce(0, (a, b) -> a | b);

    private Placeholder() {}

    /** Whether a text is a placeholder, ignoring case. */
    static boolean isOne(char[] text, int offset, int length) {
        if (length == 0 || !mayBegin(text[offset])) {
            return false;
        }
        if (length < Long.SIZE && (LENGTHS >>> length & 1) != 0) {
            for (String word : WORDS) {
                if (word.length() == length && isSame(word, text, offset)) {
                    return true;
                }
            }
        }
        return isType(text, offset, length);
    }

    private static boolean isType(char[] text, int offset, int length) {
        for (String start : TYPE_STARTS) {
            if (length > start.length() && length <= LONGEST_TYPE && isSame(start, text, offset)) {
                return TYPE.matcher(new String(text, offset, length)).matches();
            }
        }
        return false;
    }

    /** Whether a text is a placeholder, ignoring case. */
    public static boolean isOne(String text) {
        return isOne(text.toCharArray(), 0, text.length());
    }

    /** Whether any placeholder begins with these characters; most IDs and logins don't. */
    private static boolean mayBegin(char c) {
        return switch (c) {
            case 'n', 'N', 'u', 'U', 'l', 'L', 's', 'S', 'm', 'M', 'd', 'D', '(', '<', '[', '\\' -> true;
            default -> false;
        };
    }

    private static boolean isSame(String word, char[] text, int offset) {
        for (int i = 0; i < word.length(); i++) {
            char c = text[offset + i];
            if (word.charAt(i) != (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)) {
                return false;
            }
        }
        return true;
    }
}
