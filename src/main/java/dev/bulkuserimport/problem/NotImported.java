package dev.bulkuserimport.problem;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run of valid records that Okta did not certainly accept.
 *
 * @param first the first record's index in {@code users}, or its line in a file of lines
 * @param last the last record's
 * @param count how many valid records there are from the first to the last
 * @param outcome what became of them
 */
public record NotImported(int first, int last, int count, Outcome outcome) {

    private static final String FIRST = "firstIndex";
    private static final String LAST = "lastIndex";
    private static final String COUNT = "count";
    private static final String OUTCOME = "outcome";

    /** What became of records that were not certainly imported. */
    public enum Outcome {
        /** Okta answered, and did not accept them. */
        REJECTED,
        /** They were sent and no answer came: Okta may have accepted them. */
        UNKNOWN,
        NOT_SENT;

        /** As it stands in {@code notImported}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The range as it stands in a problem. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(FIRST, first);
        members.put(LAST, last);
        members.put(COUNT, count);
        members.put(OUTCOME, outcome.label());
        return members;
    }

    /** A range of a problem that was written; empty for anything else. */
    static Optional<NotImported> read(Object range) {
        return range instanceof Map<?, ?> members
                        && members.get(FIRST) instanceof Number first
                        && members.get(LAST) instanceof Number last
                        && members.get(COUNT) instanceof Number count
                ? Arrays.stream(Outcome.values())
                        .filter(known -> known.label().equals(members.get(OUTCOME)))
                        .findFirst()
                        .map(known -> new NotImported(first.intValue(), last.intValue(), count.intValue(), known))
                : Optional.empty();
    }
}
