package dev.bulkuserimport.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The texts that occur in more than one record, of which a file has few. */
final class Repeats {

    private final FirstOccurrences indexes = new FirstOccurrences();
    private final List<Repeat> repeats = new ArrayList<>();

    /** A text that occurs in more than one record. */
    static final class Repeat {
        private final int first;
        private final int second;
        private boolean met;
        private boolean contradictory;
        private boolean compared;
        private long content;

        private Repeat(int first, int second) {
            this.first = first;
            this.second = second;
        }

        /** Where the text occurs first. */
        int first() {
            return first;
        }

        /** Where it occurs next. */
        int second() {
            return second;
        }

        /** Meets the text while its source is read again; whether for the first time. */
        boolean meet() {
            boolean isFirst = !met;
            met = true;
            return isFirst;
        }

        /** Whether its records can't all be right. */
        boolean isContradictory() {
            return contradictory;
        }

        void contradict() {
            contradictory = true;
        }

        /** One of its records sends this; it is contradictory unless all of them send the same. */
        void compare(long sent) {
            contradictory |= compared && content != sent;
            compared = true;
            content = sent;
        }
    }

    boolean isEmpty() {
        return repeats.isEmpty();
    }

    /** Takes note that a text occurs again. */
    Repeat add(SoughtText text, int first, int place) {
        int index = indexes.putIfAbsent(text, repeats.size());
        if (index >= 0) {
            return repeats.get(index);
        }
        Repeat repeat = new Repeat(first, place);
        repeats.add(repeat);
        return repeat;
    }

    Optional<Repeat> find(SoughtText text) {
        int index = indexes.find(text);
        return index < 0 ? Optional.empty() : Optional.of(repeats.get(index));
    }
}
