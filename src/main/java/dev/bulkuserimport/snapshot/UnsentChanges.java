package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import java.util.Optional;

/**
 * The changes to the state of people who aren't sent, or whose session may never be started. Only a snapshot makes any: another file sends
 * everyone, and says nothing about who is missing.
 */
final class UnsentChanges {

    private final boolean inSnapshot;
    private final ByteChunks people = new ByteChunks();

    UnsentChanges(boolean inSnapshot) {
        this.inSnapshot = inSnapshot;
    }

    /** An unchanged person has the source's values from now on, and is not missing. */
    void unchanged(String externalId, PersonEntry.Cursor before, ProfileHash profile) {
        if (inSnapshot && before.isShown()) {
            PersonEntry.writeActive(people, externalId, profile, Optional.empty());
        } else {
            present(before);
        }
    }

    /** A person occurs in the source, and is not missing. */
    void present(PersonEntry.Cursor before) {
        if (inSnapshot && before.isMissing()) {
            PersonEntry.writeAgain(people, before, Optional.empty());
        }
    }

    /** A row is neither sent nor compared, or is to deactivate a person, who is not missing; a deactivation that is in doubt remains so. */
    void untouched(PersonEntry.Cursor before) {
        if (!before.isLeaving()) {
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
