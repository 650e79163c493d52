package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.plan.SourceShape;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Rules for a snapshot in addition to the guards.
 *
 * @param waived the checks that the file's metadata waives
 * @param grace how many consecutive snapshots a person must be missing from to be gone, 1 to 14
 * @param written when the snapshot was written
 * @param last the structure of the last accepted snapshot, with hashes in place of the rules' values; empty if unknown
 */
public record SnapshotTerms(Set<Waiver> waived, int grace, Instant written, Optional<SourceShape> last) {

    /** Everyone who is missing is gone, and the previous snapshot is unknown. */
    public static final SnapshotTerms PLAIN = new SnapshotTerms(Set.of(), 1, Instant.EPOCH, Optional.empty());

    public SnapshotTerms {
        waived = Set.copyOf(waived);
    }

    /** Checks that a file's metadata can waive, each with the value {@value #INTENDED} of the metadata with its name. */
    public enum Waiver {
        /** None of the known people occurs. */
        PEOPLE("people"),
        /** A column is missing. */
        COLUMNS("columns"),
        /** A rule of the mapping no longer matches anyone. */
        RULES("rules");

        /** The only valid value of this metadata. */
        public static final String INTENDED = "changed";

        private final String metadata;

        Waiver(String metadata) {
            this.metadata = metadata;
        }

        /** The metadata's name. */
        public String metadata() {
            return metadata;
        }
    }

    /** The same after a snapshot with this structure. */
    public SnapshotTerms after(Optional<SourceShape> lastOne) {
        return new SnapshotTerms(waived, grace, written, lastOne);
    }

    boolean waives(Waiver waiver) {
        return waived.contains(waiver);
    }
}
