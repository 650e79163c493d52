package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.state.SnapshotOrder;
import dev.bulkuserimport.state.StateUpdates;
import jakarta.inject.Singleton;
import java.io.IOException;

/** A file's turn while it is planned: afterwards nothing older may change the state that it is compared with. */
@Singleton
class PlanningTurn {

    private final Turns turns;
    private final ImportOrder order;
    private final SnapshotOrder snapshots;
    private final StateUpdates states;

    PlanningTurn(Turns turns, ImportOrder order, SnapshotOrder snapshots, StateUpdates states) {
        this.turns = turns;
        this.order = order;
        this.snapshots = snapshots;
        this.states = states;
    }

    /** Ends the reading of a file because a newer one of the application has already been imported; an expected outcome. */
    static final class Superseded extends RuntimeException {
        private final transient Found.Fact why;

        Superseded(Found.Fact why) {
            super(null, null, false, false);
            this.why = why;
        }

        Found.Fact why() {
            return why;
        }
    }

    /** @throws Superseded when a newer snapshot was imported */
    void requireNewest(Claim claim, String app, Deadline deadline) throws IOException {
        FileReport report = claim.report();
        boolean newest = report.origin().isEmpty()
                || !snapshots.isSuperseded(
                        report.importId().reportBucket(), app, report.origin().get(), deadline);
        if (!report.hasBegun() && !newest) {
            throw new Superseded(Found.Fact.OLDER_SNAPSHOT);
        }
    }

    /**
     * Pending changes by other files must be known before a snapshot is compared with the state.
     *
     * @throws Superseded when a newer snapshot was imported
     */
    void takeForSnapshot(Claim claim, String app, Deadline deadline) throws IOException {
        requireNewest(claim, app, deadline);
        turns.requireTurn(app, claim, true, deadline);
        requireNewest(claim, app, deadline);
        states.learnEnds(claim.report().importId(), app, deadline);
    }

    /**
     * Newer files wait, and a snapshot planned in the meantime must include this file's changes.
     *
     * @throws Superseded if the file is too late
     */
    void keepPlace(Claim claim, String app, Deadline deadline) throws IOException {
        // One that waited for a decision was planned before.
        boolean first = !claim.report().hasBegun() && claim.report().review().isEmpty();
        if (first && order.isOutdated(claim.report(), app, deadline)) {
            throw new Superseded(Found.Fact.OUTDATED);
        }
        if (!claim.isInLine()) {
            turns.keepPlace(app, claim, deadline);
        }
    }
}
