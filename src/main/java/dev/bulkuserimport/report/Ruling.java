package dev.bulkuserimport.report;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person has decided about a stopped file.
 *
 * @param choice what is to be done with the plan
 * @param at when
 * @param by who; empty where no one said
 * @param authenticated whether AWS says who it was, and not the decision itself
 * @param comment why; empty where no one said
 */
public record Ruling(Choice choice, Instant at, Optional<String> by, boolean authenticated, Optional<String> comment) {

    /** What can be decided. */
    public enum Choice {
        APPROVE,
        REJECT;

        /** Its name in requests and reports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The choice of this name; empty where there is none. */
        public static Optional<Choice> of(String word) {
            for (Choice choice : values()) {
                if (choice.word().equals(word)) {
                    return Optional.of(choice);
                }
            }
            return Optional.empty();
        }
    }
}
