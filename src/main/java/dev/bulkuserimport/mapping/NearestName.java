package dev.bulkuserimport.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody may have meant. */
final class NearestName {

    /** Names that are longer have no spelling errors but other contents. */
    private static final int LONGEST = 64;

    /** Names that are compared: a table of more columns has lost its header row. */
    private static final int MOST = 1_000;

    private NearestName() {}

    /** The one of {@code names} that is spelled most alike; empty when none is near. */
    static Optional<String> of(String wanted, List<String> names) {
        String plain = plain(wanted);
        if (plain.isEmpty() || wanted.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<String> best = Optional.empty();
        int nearest = Math.max(2, plain.length() / 3) + 1;
        for (String name : names.subList(0, Math.min(MOST, names.size()))) {
            if (name.isEmpty() || name.length() > LONGEST || Math.abs(name.length() - wanted.length()) > LONGEST / 2) {
                continue;
            }
            int distance = distance(plain, plain(name), nearest);
            if (distance < nearest) {
                nearest = distance;
                best = Optional.of(name);
            }
        }
        return best;
    }

    /** Without what people vary: case, spaces and punctuation. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        name.codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString().toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance, or {@code enough} when it isn't smaller. */
    private static int distance(String a, String b, int enough) {
        if (Math.abs(a.length() - b.length()) >= enough) {
            return enough;
        }
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitute, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return Math.min(enough, previous[b.length()]);
    }
}
