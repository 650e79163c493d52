package dev.bulkuserimport.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The texts that occur in more than one record; a file has few of them. */
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

        /** The first occurrence. */
        int first() {
            return first;
        }

        /** The second occurrence. */
        int second() {
            return second;
        }

        /** Records an occurrence during another reading; true for the first one. */
        boolean meet() {
            boolean isFirst = !met;
            met = true;
            return isFirst;
        }

        /** Whether its records contradict each other. */
        boolean isContradictory() {
            return contradictory;
        }

        void contradict() {
            contradictory = true;
        }

        /** Adds the content of one of its records; they contradict each other unless all are the same. */
        void compare(long sent) {
            contradictory |= compared && content != sent;
            compared = true;
            content = sent;
        }
    }

    /** Starts another reading of the same source. */
    void readAgain() {
        repeats.forEach(repeat -> repeat.met = false);
    }

    boolean isEmpty() {
        return repeats.isEmpty();
    }

    /** Records that a text occurs again. */
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
