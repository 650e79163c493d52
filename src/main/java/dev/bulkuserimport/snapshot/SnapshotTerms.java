package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.plan.SourceShape;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What applies to a snapshot beside the guards.
 *
 * @param waived what the file's metadata lets through
 * @param grace from how many snapshots in a row somebody must be missing to be gone, 1 to 14
 * @param written when the snapshot was written
 * @param last what the source of the last accepted snapshot looked like, with hashes in place of the rules' values; empty where that is
 *     unknown
 */
public record SnapshotTerms(Set<Waiver> waived, int grace, Instant written, Optional<SourceShape> last) {

    /** Everybody who is missing is gone, and nothing is known of the snapshot before. */
    public static final SnapshotTerms PLAIN = new SnapshotTerms(Set.of(), 1, Instant.EPOCH, Optional.empty());

    public SnapshotTerms {
        waived = Set.copyOf(waived);
    }

    /** What one file's metadata can say to be intended; each is the value {@value #INTENDED} of metadata of its name. */
    public enum Waiver {
        /** None of the people who are known occurs. */
        PEOPLE("people"),
        /** A column is gone. */
        COLUMNS("columns"),
        /** A rule of the mapping applies to nobody any more. */
        RULES("rules");

        /** The only value that such metadata has. */
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

    /** The same after a snapshot whose source looked like this. */
    public SnapshotTerms after(Optional<SourceShape> lastOne) {
        return new SnapshotTerms(waived, grace, written, lastOne);
    }

    boolean waives(Waiver waiver) {
        return waived.contains(waiver);
    }
}
