package dev.bulkuserimport.okta;

import java.util.Locale;
import java.util.Set;

/**
 * Where in a sentence of Okta's a value appears without quotation marks: after {@code value}, {@code was}, {@code login} or the property
 * that the sentence begins with, until the sentence plainly goes on. A department called Support can't be distinguished from Okta's own
 * words in any other way.
 */
final class AnnouncedValue {

    private static final Set<String> ANNOUNCING = words("value values was username login");

    /** In small letters, since a value may be called {@code IT}. */
    private static final Set<String> CONTINUING =
            words("a already an and are as at because but by can can't cannot contains could did do does doesn't each"
                    + " exceeds exists for from has have if in is isn't must not on or should than that the these this to"
                    + " too was were when where which with within without your");

    /** The words with which Okta's sentences begin behind a property; another one there may be a value. */
    static final Set<String> BEGINNING =
            words("a an cannot does invalid is missing must no not only required resource should the this value");

    private static final String PROPERTY = ":";
    private static final String WAS = "was";

    /** The same after {@code was}. */
    private static final Set<String> CONTINUING_WAS =
            words("accepted blank changed created deactivated deleted denied empty expected expired failed found given"
                    + " illegal invalid issued missing null provided received sent set specified unable unexpected"
                    + " updated used wrong");

    /** The announcing word; empty when the next word is part of the sentence. */
    private String announcing = "";

    boolean isAnnounced() {
        return !announcing.isEmpty();
    }

    /** Whether the word that comes next may be part of a value. */
    boolean mayHold(String word) {
        if (CONTINUING.contains(word.replace('’', '\''))
                || announcing.equals(WAS) && CONTINUING_WAS.contains(word)
                || announcing.equals(PROPERTY) && BEGINNING.contains(word.toLowerCase(Locale.ROOT))) {
            announcing = "";
        }
        // As in: the value of.
        return isAnnounced() && !word.equals("of");
    }

    /** Reads on after a word. */
    void after(String word) {
        String small = word.toLowerCase(Locale.ROOT);
        if (ANNOUNCING.contains(small)) {
            announcing = small;
        }
    }

    /** Reads on after the property that the sentence begins with. */
    void afterProperty() {
        announcing = PROPERTY;
    }

    /** The value has come, or the sentence ends without one. */
    void over() {
        announcing = "";
    }

    private static Set<String> words(String separated) {
        return Set.of(separated.split(" "));
    }
}
