package dev.bulkuserimport.report;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A person's decision about a stopped file.
 *
 * @param choice the decision
 * @param at the time of the decision
 * @param by who decided; empty if unknown
 * @param authenticated whether the identity comes from AWS and not from the request
 * @param comment the reason; empty if none was given
 */
public record Ruling(Choice choice, Instant at, Optional<String> by, boolean authenticated, Optional<String> comment) {

    /** The possible decisions. */
    public enum Choice {
        APPROVE,
        REJECT;

        /** Its name in requests and reports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The choice with this name; empty if there is none. */
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
