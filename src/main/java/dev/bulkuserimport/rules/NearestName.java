package dev.bulkuserimport.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the property meant by an unknown name: first by the names that HR systems use ({@link KnownNames}), then by spelling. */
public final class NearestName {

    /** Longer names are not looked up: the cost of a comparison is the product of both lengths. */
    private static final int LONGEST = 64;

    /** The maximum edit distance to a known name; for short names a third of their length. */
    private static final int MOST_EDITS = 4;

    private NearestName() {}

    /** A name normalized for comparison: in lower case, without white space, underscores and hyphens. */
    public static String folded(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        int c;
        for (int i = 0; i < name.length(); i += Character.charCount(c)) {
            c = name.codePointAt(i);
            if (c != '_' && c != '-' && !IdentityText.isInvisible(c)) {
                folded.appendCodePoint(c);
            }
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    /** The {@code known} name that {@code name} most likely means. */
    public static Optional<String> among(Collection<String> known, String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = folded(name);
        List<KnownNames.Meaning> meanings = new ArrayList<>(KnownNames.meanings(name));
        meanings.sort(Comparator.comparing(KnownNames.Meaning::uncertain));
        for (KnownNames.Meaning meaning : meanings) {
            for (String meant : meaning.properties()) {
                if (known.contains(meant)) {
                    return Optional.of(meant);
                }
            }
        }
        String best = null;
        int bestDistance = Math.min(MOST_EDITS, Math.max(1, wanted.length() / 3)) + 1;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - wanted.length()) < bestDistance + MOST_EDITS) {
                int distance = distance(wanted, folded(candidate), bestDistance);
                if (distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein distance with two rows, abandoned once it can't be less than {@code limit}. */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitute, Math.min(previous[j], current[j - 1]) + 1);
                least = Math.min(least, current[j]);
            }
            if (least >= limit) {
                return limit;
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
