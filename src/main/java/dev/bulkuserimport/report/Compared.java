package dev.bulkuserimport.report;

import dev.bulkuserimport.snapshot.SnapshotCounts;
import dev.bulkuserimport.snapshot.StateManifest;
import java.util.List;
import java.util.Optional;

/**
 * A file's comparison with its application's state.
 *
 * @param counts what it came to; empty for a file that is no snapshot
 * @param learns what the state learns with each session that is started
 */
public record Compared(Optional<SnapshotCounts> counts, Learns learns) {

    /**
     * What a state learns beside the people of the sessions.
     *
     * @param properties the properties' names, by the numbers that stand for them in the state
     * @param last the snapshot, as the state will know it; empty for a file that is none
     * @param unsent whether the snapshot says something of people to whom nothing is sent: who is missing, or back
     */
    public record Learns(List<String> properties, Optional<StateManifest.LastSnapshot> last, boolean unsent) {

        public Learns {
            properties = List.copyOf(properties);
        }
    }

    /** A snapshot's place among others; empty for a file that is none. */
    public Optional<StateManifest.Origin> origin() {
        return learns.last().map(StateManifest.LastSnapshot::origin);
    }
}
