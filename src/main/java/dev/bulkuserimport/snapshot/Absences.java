package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.snapshot.ChangeList.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Distinguishes people who are gone from people who are only missing: days count, not files, so that a bad export uploaded twice counts
 * once.
 */
final class Absences {

    /** Two snapshots that are written closer together count as one. */
    private static final Duration APART = Duration.ofHours(20);

    private static final int LISTED = 100;

    /** How many consecutive snapshots a person must be missing from to be gone. */
    private final int grace;

    /** When this snapshot was written. */
    private final int minute;

    private final List<String> gone = new ArrayList<>();
    private int missing;

    Absences(SnapshotTerms terms) {
        this.grace = terms.grace();
        this.minute = (int) (terms.written().getEpochSecond() / 60);
    }

    /**
     * Judges all people who were not seen.
     *
     * @param groups leaves alone the memberships of those who are only missing
     * @param unsent receives the new absences of those who are only missing
     */
    void settle(People people, GroupComparison groups, ChangeList changeList, UnsentChanges unsent) {
        for (String id : people.unseen()) {
            int person = people.find(id);
            PersonEntry.Cursor entry = people.read(person);
            PersonEntry.Absence absence = next(entry.absence());
            if (absence.times() >= grace) {
                gone.add(id);
                changeList.add(id, Change.GONE, List.of());
                continue;
            }
            missing++;
            groups.leftAlone(person);
            unsent.missing(entry, absence);
            changeList.add(id, Change.MISSING, List.of());
        }
    }

    private PersonEntry.Absence next(Optional<PersonEntry.Absence> before) {
        if (before.isEmpty()) {
            return new PersonEntry.Absence(1, minute);
        }
        boolean counts = minute - before.get().minute() >= APART.toMinutes();
        return counts ? new PersonEntry.Absence(before.get().times() + 1, minute) : before.get();
    }

    /** External IDs in sorted order. */
    List<String> gone() {
        return gone;
    }

    /** The first of them, for people to look at. */
    List<String> firstGone() {
        return List.copyOf(gone.subList(0, Math.min(LISTED, gone.size())));
    }

    /** How many people are missing, but not for long enough to be gone. */
    int missing() {
        return missing;
    }
}
