package dev.bulkuserimport.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells who is gone from who is only missing: days count, not files, so that one bad export that is put twice counts once. */
final class Absences {

    /** Two snapshots that are written closer together count as one. */
    private static final Duration APART = Duration.ofHours(20);

    private final int grace;
    private final int minute;

    /**
     * @param grace from how many snapshots in a row somebody must be missing to be gone
     * @param written when this one was written
     */
    Absences(int grace, Instant written) {
        this.grace = grace;
        this.minute = (int) (written.getEpochSecond() / 60);
    }

    /** How long somebody who is not in this snapshot has been missing. */
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
