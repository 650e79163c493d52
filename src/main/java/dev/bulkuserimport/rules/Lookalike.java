package dev.bulkuserimport.rules;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Optional;

/**
 * Characters that only look like others: with one of them, an ID or a login looks like another person's, or like the person's own but
 * doesn't match it.
 */
public final class Lookalike {

    private static final Fault COMPATIBILITY_FORM = Fault.of(
            "contains a character that only looks like another one (a full-width letter, a ligature, a special space or"
                    + " another Unicode compatibility form): retype it");
    private static final Fault COMBINING_MARK = Fault.of(
            "contains a letter followed by a combining mark, which looks like one letter but is two characters: retype it");

    private Lookalike() {}

    /** What is wrong with an identity, described without its value. */
    public static Optional<Fault> fault(char[] text, int offset, int length) {
        int i = offset;
        while (i < offset + length && text[i] < 0x80) {
            i++;
        }
        return i == offset + length ? Optional.empty() : faultOf(new String(text, offset, length));
    }

    private static Optional<Fault> faultOf(String text) {
        if (hasCombiningMark(text)) {
            return Optional.of(COMBINING_MARK);
        }
        return hasCompatibilityForm(text) ? Optional.of(COMPATIBILITY_FORM) : Optional.empty();
    }

    /** A mark after a letter of a script whose accented letters are single characters; other scripts can't be written without marks. */
    private static boolean hasCombiningMark(String text) {
        boolean behindLetter = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int type = Character.getType(c);
            boolean mark = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
            if (mark && behindLetter) {
                return true;
            }
            behindLetter = !mark && Character.isLetter(c) && isOfLetters(UnicodeScript.of(c));
            i += Character.charCount(c);
        }
        return false;
    }

    private static boolean isOfLetters(UnicodeScript script) {
        return script == UnicodeScript.LATIN || script == UnicodeScript.GREEK || script == UnicodeScript.CYRILLIC;
    }

    /** Whether only the compatibility decomposition, not the canonical one, splits a character; or it is a second code for a letter. */
    private static boolean hasCompatibilityForm(String text) {
        if (text.codePoints().anyMatch(Lookalike::isSecondCode)) {
            return true;
        }
        String ordinary = text.codePoints()
                .filter(c -> !isOrdinary(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return !Normalizer.normalize(ordinary, Normalizer.Form.NFKD)
                .equals(Normalizer.normalize(ordinary, Normalizer.Form.NFD));
    }

    /** The Kelvin sign is a K and the ohm sign an omega, but Unicode has them twice. */
    private static boolean isSecondCode(int codePoint) {
        return isOfLetters(UnicodeScript.of(codePoint))
                && !Normalizer.isNormalized(Character.toString(codePoint), Normalizer.Form.NFC);
    }

    /** Compatibility forms by definition, but letters that Thai, Lao and Armenian can't be written without. */
    private static boolean isOrdinary(int codePoint) {
        return codePoint == 0x0E33 || codePoint == 0x0EB3 || codePoint == 0x0587;
    }
}
