package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Resource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Removes anything from Okta's messages that could be a user's value: they quote names, logins and addresses, with and without quotation
 * marks. Known words of such messages are kept, and so are short numbers, which are limits; everything else is cut. A name can't be
 * distinguished from an unknown word, so unknown words are cut.
 */
final class OktaWords {

    /** What replaces removed text. */
    static final String CUT = "…";

    private static final int LONGEST = 500;

    /** The characters that are examined; no message is longer. */
    private static final int READ = 4_000;

    /** Numbers with at most this many digits are limits and counts; longer ones could be a phone number or an ID. */
    private static final int LIMIT_DIGITS = 4;

    /** Okta's own abbreviations and states, which have capital letters within a sentence. */
    private static final Set<String> OKTAS = Set.of(("API Api CREATED CLOSED COMPLETED DPoP ERROR EXPIRED HTTP ID"
                    + " IN_PROGRESS Id JSON JWK JWT OAuth Okta TRIGGERED URI URL USERS UTF-8")
            .split(" "));

    /** The same of several words. */
    private static final Pattern OKTAS_NAMES =
            Pattern.compile("(?:(?:Custom )?Identity Source(?: Session)?|Internal Server Error)(?![\\w'’-])");

    private static final Set<String> BOUNDS =
            Set.of("and at between exceed exceeds every least maximum minimum most than".split(" "));
    private static final Set<String> UNITS =
            Set.of(("bytes character characters day days digits each entries groups hour"
                            + " hours items letters members minute minutes profiles records requests second seconds sessions times"
                            + " users values")
                    .split(" "));

    /** Okta's own user properties that are one word in small letters. Source: the default profile in Okta's Users API reference. */
    private static final Set<String> PROPERTIES =
            Set.of("city department division email locale login manager organization state timezone title".split(" "));

    private static final String OPENING = "\"'`´‘’‚‛“”„‟«»‹›′″＂＇「『〝([{<";
    private static final String CLOSING = "\"'`´’‘’’”“”’»«›‹′″＂＇」』〞)]}>";

    /** The words of Okta's published error descriptions and validation messages, and the names of its own fields. Read at the first error. */
    private static final Set<String> WORDS = Resource.text("/okta/words.txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .collect(Collectors.toUnmodifiableSet());

    /** Those of these words that are also people's names: capitalized, they are treated as names. */
    private static final Set<String> NAMES = Set.of(
            ("blank day days fields grant home key long max min more page read short small still true").split(" "));

    private OktaWords() {}

    /** The message with {@link #CUT} in place of anything that could be a value; at most 500 characters. */
    static String withoutValues(String sentence) {
        String text = sentence.substring(0, Math.min(READ, sentence.length()));
        StringBuilder kept = new StringBuilder();
        Matcher name = OKTAS_NAMES.matcher(text);
        AnnouncedValue value = new AnnouncedValue();
        int at = 0;
        while (at < text.length() && kept.length() < LONGEST) {
            char c = text.charAt(at);
            int quote = OPENING.indexOf(c);
            if (Character.isWhitespace(c)) {
                space(kept);
                at++;
            } else if (quote >= 0) {
                cut(kept);
                at = endOfQuote(text, at, quote);
                value.over();
            } else if (!value.isAnnounced() && name.region(at, text.length()).lookingAt()) {
                kept.append(name.group());
                at = name.end();
            } else {
                int end = endOfToken(text, at);
                token(text, at, end, kept, value);
                at = end;
            }
        }
        if (at < sentence.length()) {
            cut(kept);
        }
        return kept.toString().strip();
    }

    /** The index after the mark that closes the quotation opened at {@code at}; the end of the text if none does. */
    private static int endOfQuote(String text, int at, int quote) {
        char close = CLOSING.charAt(quote);
        char open = OPENING.charAt(quote);
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            // The apostrophe in O'Brien closes nothing.
            boolean closes = c == close || c == open && !isBracket(open) || isCurly(c) && isCurly(open);
            if (closes && (i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1)))) {
                return i + 1;
            }
        }
        return text.length();
    }

    /** German, English and other languages use the same marks differently for opening and closing. */
    private static boolean isCurly(char c) {
        return "“”„‟".indexOf(c) >= 0;
    }

    private static boolean isBracket(char c) {
        return "([{<".indexOf(c) >= 0;
    }

    private static int endOfToken(String text, int at) {
        int i = at;
        while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
            // An apostrophe inside a word belongs to it; any other mark begins something else.
            if (i > at && OPENING.indexOf(text.charAt(i)) >= 0 && !isApostrophe(text, i)) {
                return i;
            }
            i++;
        }
        return i;
    }

    private static boolean isApostrophe(String text, int i) {
        char c = text.charAt(i);
        return (c == '\'' || c == '’')
                && Character.isLetter(text.charAt(i - 1))
                && i + 1 < text.length()
                && Character.isLetter(text.charAt(i + 1));
    }

    /** The end of a token's word, without the punctuation behind it. */
    private static int endOfWord(String text, int from, int to) {
        int end = to;
        while (end > from && ".,:;!?".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static void token(String text, int from, int to, StringBuilder kept, AnnouncedValue value) {
        int end = endOfWord(text, from, to);
        String word = text.substring(from, end);
        boolean property = isProperty(word, from, text, end);
        boolean limit = isLimit(word, text, end, kept);
        boolean known = isKnown(word) && !isName(word, kept) || limit || property && isPropertyName(word);
        if (word.isEmpty() || known && !value.mayHold(word)) {
            kept.append(text, from, to);
        } else {
            cut(kept);
            kept.append(text, end, to);
        }
        if (property) {
            value.afterProperty();
        } else if (!endsSentence(text.substring(end, to))) {
            value.after(word);
        }
    }

    private static boolean endsSentence(String marks) {
        return marks.chars().anyMatch(mark -> ".;!?".indexOf(mark) >= 0);
    }

    private static boolean isKnown(String word) {
        return WORDS.contains(word.toLowerCase(Locale.ROOT).replace('’', '\''));
    }

    /** A capital letter is the only thing that distinguishes the name {@code Grant} from the word {@code grant}. */
    private static boolean isName(String word, StringBuilder kept) {
        if (!Character.isUpperCase(word.charAt(0)) || OKTAS.contains(word)) {
            return false;
        }
        String small = word.toLowerCase(Locale.ROOT);
        return NAMES.contains(small) || !beginsSentence(small, kept);
    }

    private static boolean beginsSentence(String word, StringBuilder kept) {
        String before = kept.toString().stripTrailing();
        return before.isEmpty()
                || ".;!?".indexOf(before.charAt(before.length() - 1)) >= 0
                || before.endsWith(":") && AnnouncedValue.BEGINNING.contains(word);
    }

    /** A short number with its bound or unit; any other one may be an ID, a cost center or a part of a phone number. */
    private static boolean isLimit(String word, String text, int end, StringBuilder kept) {
        if (word.length() > LIMIT_DIGITS || !word.chars().allMatch(c -> isDigit((char) c))) {
            return false;
        }
        String before = kept.toString().stripTrailing();
        String behind = text.substring(end).stripLeading();
        return BOUNDS.contains(before.substring(before.lastIndexOf(' ') + 1))
                || UNITS.contains(behind.split("[^a-z]", 2)[0]);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Okta's validation messages begin with the property: {@code costCenter: …}. */
    private static boolean isProperty(String word, int from, String text, int end) {
        return from == 0
                && end + 1 < text.length()
                && text.charAt(end) == ':'
                && text.charAt(end + 1) == ' '
                && word.length() <= 100
                && word.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_'))
                && word.chars().anyMatch(Character::isLetter);
    }

    /** A name in one piece may be a person's or a login, as in {@code Brock: is not a valid last name}; few are written like costCenter. */
    private static boolean isPropertyName(String word) {
        return PROPERTIES.contains(word)
                || Character.isLowerCase(word.charAt(0))
                        && word.chars().anyMatch(c -> Character.isUpperCase(c) || c == '_');
    }

    private static void space(StringBuilder kept) {
        if (!kept.isEmpty() && kept.charAt(kept.length() - 1) != ' ') {
            kept.append(' ');
        }
    }

    private static void cut(StringBuilder kept) {
        String so = kept.toString().stripTrailing();
        if (!so.endsWith(CUT)) {
            kept.append(CUT);
        } else {
            kept.setLength(so.length());
        }
    }
}
