package dev.bulkuserimport.problem;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run of valid records that Okta may not have accepted.
 *
 * @param first the first record's index in {@code users}, or its line in a file of lines
 * @param last the last record's index or line
 * @param count the number of valid records from the first to the last; for memberships, of pairs of a group and a member
 * @param outcome what became of them
 * @param kind what the records are; empty in an import of users alone
 * @param memberRange if a membership was split, the members between which the range lies
 */
public record NotImported(
        int first, int last, int count, Outcome outcome, Optional<String> kind, Optional<MemberRange> memberRange) {

    private static final String KIND = "kind";
    private static final String FIRST_MEMBER = "firstMember";
    private static final String LAST_MEMBER = "lastMember";
    private static final String FIRST = "firstIndex";
    private static final String LAST = "lastIndex";
    private static final String COUNT = "count";
    private static final String OUTCOME = "outcome";

    /**
     * Where a range begins and ends within memberships that were split.
     *
     * @param first the index of the first member in the range's first membership, from 0
     * @param last the index of the last member in its last membership
     */
    public record MemberRange(int first, int last) {}

    public NotImported(int first, int last, int count, Outcome outcome) {
        this(first, last, count, outcome, Optional.empty(), Optional.empty());
    }

    /** The outcome of records that may not have been imported. */
    public enum Outcome {
        /** Okta answered, and did not accept them. */
        REJECTED,
        /** They were sent and no answer arrived: Okta may have accepted them. */
        UNKNOWN,
        NOT_SENT;

        /** As it appears in {@code notImported}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The range as it appears in a problem. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        kind.ifPresent(one -> members.put(KIND, one));
        members.put(FIRST, first);
        members.put(LAST, last);
        members.put(COUNT, count);
        memberRange.ifPresent(range -> {
            members.put(FIRST_MEMBER, range.first());
            members.put(LAST_MEMBER, range.last());
        });
        members.put(OUTCOME, outcome.label());
        return members;
    }

    /** Reads a range from a problem document; empty for anything else. */
    static Optional<NotImported> read(Object range) {
        return range instanceof Map<?, ?> members
                        && members.get(FIRST) instanceof Number first
                        && members.get(LAST) instanceof Number last
                        && members.get(COUNT) instanceof Number count
                ? Arrays.stream(Outcome.values())
                        .filter(known -> known.label().equals(members.get(OUTCOME)))
                        .findFirst()
                        .map(known -> new NotImported(
                                first.intValue(),
                                last.intValue(),
                                count.intValue(),
                                known,
                                Optional.ofNullable(members.get(KIND)).map(Object::toString),
                                memberRange(members)))
                : Optional.empty();
    }

    private static Optional<MemberRange> memberRange(Map<?, ?> members) {
        return members.get(FIRST_MEMBER) instanceof Number first && members.get(LAST_MEMBER) instanceof Number last
                ? Optional.of(new MemberRange(first.intValue(), last.intValue()))
                : Optional.empty();
    }
}
