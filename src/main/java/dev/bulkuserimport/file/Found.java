package dev.bulkuserimport.file;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What an errand has found out and done so far, in addition to the report.
 *
 * @param facts answers to questions; missing ones were not asked
 * @param settled the sessions whose leftovers from earlier attempts were requested from Okta
 * @param missing the first session whose prepared requests no longer exist
 */
record Found(Map<Fact, Boolean> facts, Set<Integer> settled, OptionalInt missing) {

    static final Found NOTHING = new Found(Map.of(), Set.of(), OptionalInt.empty());

    /** Facts that have to be looked up, or steps that may have been done. */
    enum Fact {
        /** A newer version of the key has replaced this one. */
        NEWER_VERSION,
        /** A newer snapshot of the application was imported since this one was planned. */
        NEWER_SNAPSHOT,
        /** A newer snapshot of the application was imported before this one was read. */
        OLDER_SNAPSHOT,
        /** The time in which a stopped file waits for a decision is over. */
        EXPIRED,
        /** It was uploaded more than a day before it was planned, and a newer file of the application was imported. */
        OUTDATED,
        /** Everything that remains to be sent is available. */
        PREPARED,
        /** The application has a state. */
        STATE,
        /** The file was read and planned by this errand. */
        READ,
        /** The state includes the started sessions. */
        LEARNED,
        /** Okta was asked for the session's status. */
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
