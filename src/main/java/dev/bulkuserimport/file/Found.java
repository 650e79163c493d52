package dev.bulkuserimport.file;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What one errand has found out and done so far, beside what the report says.
 *
 * @param facts answers to questions; one that isn't here was not asked
 * @param settled the sessions of which Okta was asked what an earlier attempt has left
 * @param missing the first session whose prepared requests are gone
 */
record Found(Map<Fact, Boolean> facts, Set<Integer> settled, OptionalInt missing) {

    static final Found NOTHING = new Found(Map.of(), Set.of(), OptionalInt.empty());

    /** What has to be looked up, or may have been done. */
    enum Fact {
        /** A newer version of the key has replaced this one. */
        NEWER_VERSION,
        /** A newer snapshot of the application was imported since this one was planned. */
        NEWER_SNAPSHOT,
        /** A newer snapshot of the application was imported before this one was read. */
        OLDER_SNAPSHOT,
        /** The time in which a stopped file waits for a decision is over. */
        EXPIRED,
        /** It was put more than a day before it was planned, and a newer file of the application was imported. */
        OUTDATED,
        /** All that remains to be sent is there. */
        PREPARED,
        /** The file was read and planned by this errand. */
        READ,
        /** The state knows the sessions that were started. */
        LEARNED,
        /** Okta was asked how far it is. */
        FOLLOWED,
        /** Okta's list of users was looked through. */
        LOOKED
    }

    Optional<Boolean> answer(Fact fact) {
        return Optional.ofNullable(facts.get(fact));
    }

    boolean is(Fact fact) {
        return answer(fact).orElse(false);
    }

    Found with(Fact fact, boolean answer) {
        Map<Fact, Boolean> more = new EnumMap<>(Fact.class);
        more.putAll(facts);
        more.put(fact, answer);
        return new Found(more, settled, missing);
    }

    Found did(Fact fact) {
        return with(fact, true);
    }

    Found settled(int number) {
        Set<Integer> more = new HashSet<>(settled);
        more.add(number);
        return new Found(facts, more, missing);
    }

    Found missing(OptionalInt number) {
        return new Found(facts, settled, number).with(Fact.PREPARED, number.isEmpty());
    }
}
