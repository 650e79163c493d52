package dev.bulkuserimport.report;

import dev.bulkuserimport.snapshot.SnapshotCounts;
import dev.bulkuserimport.snapshot.StateManifest;
import java.util.List;
import java.util.Optional;

/**
 * A file's comparison with its application's state.
 *
 * @param counts its counts; empty for a file that isn't a snapshot
 * @param learns the changes to the state with each started session
 */
public record Compared(Optional<SnapshotCounts> counts, Learns learns) {

    /**
     * Changes to a state in addition to the people in the sessions.
     *
     * @param properties the names of the properties, by their numbers in the state
     * @param last the snapshot as recorded in the state; empty for a file that isn't a snapshot
     * @param unsent whether the snapshot changes the state of people who aren't sent: those who are missing, or back
     */
    public record Learns(List<String> properties, Optional<StateManifest.LastSnapshot> last, boolean unsent) {

        public Learns {
            properties = List.copyOf(properties);
        }
    }

    /** A snapshot's position among others; empty for a file that isn't a snapshot. */
    public Optional<StateManifest.Origin> origin() {
        return learns.last().map(StateManifest.LastSnapshot::origin);
    }
}
