package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import java.util.Optional;

/** The changes to the state of people who aren't sent, or whose session may never be started. */
final class UnsentChanges {

    private final ByteChunks people = new ByteChunks();

    /** An unchanged person has the source's values from now on, and is not missing. */
    void unchanged(String externalId, PersonEntry.Cursor before, ProfileHash profile) {
        if (before.isShown()) {
            PersonEntry.writeActive(people, externalId, profile);
        } else {
            present(before);
        }
    }

    /** A person occurs in the source, and is not missing. */
    void present(PersonEntry.Cursor before) {
        if (before.isMissing()) {
            PersonEntry.writeAgain(people, before, Optional.empty());
        }
    }

    /** A row is neither sent nor compared. In a snapshot its person is not missing; any other file says nothing about that. */
    void leftOut(PersonEntry.Cursor before, boolean inSnapshot) {
        if (inSnapshot) {
            leaving(before);
        }
    }

    /** A row is to deactivate a person, who is not missing; a deactivation that is in doubt remains so. */
    void leaving(PersonEntry.Cursor before) {
        if (!before.absence().equals(Optional.of(PersonEntry.Absence.LEAVING))) {
            present(before);
        }
    }

    void missing(PersonEntry.Cursor before, PersonEntry.Absence absence) {
        if (!before.absence().equals(Optional.of(absence))) {
            PersonEntry.writeAgain(people, before, Optional.of(absence));
        }
    }

    ByteChunks bytes() {
        return people;
    }
}
