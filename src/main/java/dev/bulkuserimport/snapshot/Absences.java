package dev.bulkuserimport.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Distinguishes people who are gone from people who are only missing: days count, not files, so that a bad export uploaded twice counts
 * once.
 */
final class Absences {

    /** Two snapshots that are written closer together count as one. */
    private static final Duration APART = Duration.ofHours(20);

    private final int grace;
    private final int minute;

    /**
     * @param grace how many consecutive snapshots a person must be missing from to be gone
     * @param written when this one was written
     */
    Absences(int grace, Instant written) {
        this.grace = grace;
        this.minute = (int) (written.getEpochSecond() / 60);
    }

    /** How long a person who is not in this snapshot has been missing. */
    PersonEntry.Absence of(Optional<PersonEntry.Absence> before) {
        if (before.isEmpty()) {
            return new PersonEntry.Absence(1, minute);
        }
        boolean counts = minute - before.get().minute() >= APART.toMinutes();
        return counts ? new PersonEntry.Absence(before.get().times() + 1, minute) : before.get();
    }

    boolean isGone(PersonEntry.Absence absence) {
        return absence.times() >= grace;
    }
}
