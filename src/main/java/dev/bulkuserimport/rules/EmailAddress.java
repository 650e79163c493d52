package dev.bulkuserimport.rules;

import java.util.Optional;

/** The rules for an email address that Okta accepts and that receives mail: a single address with nothing around it. */
final class EmailAddress {

    private static final Fault NOT_ONE =
            Fault.of("is not a single email address (one @ between a name and a domain, no spaces)");
    private static final Fault FOREIGN = Fault.of(
            "is not a single email address: it contains a character that addresses don't have (one of , ; < > \" ( ) or a curly quote)");
    private static final Fault INVISIBLE =
            Fault.of("is not a single email address: it contains white space or an invisible character");
    private static final String MAILTO_SCHEME = "mailto:";
    private static final Fault MAILTO = Fault.of("is a link, not an email address: remove mailto:");
    private static final Fault DOTS = Fault.of("is not an email address: it contains two dots in a row");

    private EmailAddress() {}

    static Optional<Fault> fault(char[] text, int offset, int length) {
        int at = -1;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            char c = text[i];
            if (c >= 'a' && c <= 'z') {
                continue;
            }
            if (c == '@') {
                if (at >= 0) {
                    return Optional.of(NOT_ONE);
                }
                at = i;
            } else if (c == '.') {
                if (i + 1 < end && text[i + 1] == '.') {
                    return Optional.of(DOTS);
                }
            } else if (isForeign(c)) {
                return Optional.of(FOREIGN);
            } else if (IdentityText.isInvisible(Character.codePointAt(text, i, end))) {
                return Optional.of(INVISIBLE);
            }
        }
        if (at <= offset || at >= end - 1) {
            return Optional.of(NOT_ONE);
        }
        return isMailto(text, offset, length) ? Optional.of(MAILTO) : Optional.empty();
    }

    private static boolean isForeign(char c) {
        return switch (c) {
            case ',',
                    ';',
                    '<',
                    '>',
                    '"',
                    '(',
                    ')',
                    '\u2018',
                    '\u2019',
                    '\u201A',
                    '\u201B',
                    '\u201C',
                    '\u201D',
                    '\u201E',
                    '\u201F' -> true;
            default -> false;
        };
    }

    private static boolean isMailto(char[] text, int offset, int length) {
        return length >= MAILTO_SCHEME.length()
                && text[offset + MAILTO_SCHEME.length() - 1] == ':'
                && new String(text, offset, MAILTO_SCHEME.length()).equalsIgnoreCase(MAILTO_SCHEME);
    }
}
