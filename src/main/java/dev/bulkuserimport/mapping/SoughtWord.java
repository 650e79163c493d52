package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A word as a rule looks for it: words that look equal are equal. A leaver who is {@code TERMINATED} or {@code PASİF} must not stay because
 * the mapping says Terminated or Pasif, nor because of a space that is a no-break space, or a character that no one sees.
 */
final class SoughtWord {

    /** Format characters, which are invisible: a zero-width space, a soft hyphen. */
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");

    /** What is left of a Turkish İ in lower case. */
    private static final String DOTTED_I = "i\u0307";

    /** The longest text that is composed: putting a letter's marks in order costs the square of their number. */
    private static final int COMPOSED = 200;

    private SoughtWord() {}

    static String of(String value) {
        // Both cases, because each of them unites other letters.
        String cased = value.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        if (isPlain(cased)) {
            return cased;
        }
        String spaced = Edges.oneSpaced(INVISIBLE.matcher(cased).replaceAll("")).replace(DOTTED_I, "i");
        return spaced.length() > COMPOSED ? spaced : Normalizer.normalize(spaced, Normalizer.Form.NFC);
    }

    /** Most words are one of plain letters, or several with one space between them. */
    private static boolean isPlain(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F || c == ' ' && before == ' ') {
                return false;
            }
            before = c;
        }
        return before != ' ' || text.isEmpty();
    }
}
