package dev.bulkuserimport.problem;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A run of valid records that Okta did not certainly accept.
 *
 * @param first the first record's index in {@code users}, or its line in a file of lines
 * @param last the last record's
 * @param count how many valid records there are from the first to the last
 * @param outcome what became of them
 */
public record NotImported(int first, int last, int count, Outcome outcome) {

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
        members.put("firstIndex", first);
        members.put("lastIndex", last);
        members.put("count", count);
        members.put("outcome", outcome.label());
        return members;
    }
}
