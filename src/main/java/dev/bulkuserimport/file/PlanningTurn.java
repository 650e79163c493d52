package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.state.Snapshots;
import jakarta.inject.Singleton;
import java.io.IOException;

/** A file's place among those of its application while it is planned: after it nothing that is older may change what it is held against. */
@Singleton
class PlanningTurn {

    private final Turns turns;
    private final ImportOrder order;
    private final Snapshots snapshots;

    PlanningTurn(Turns turns, ImportOrder order, Snapshots snapshots) {
        this.turns = turns;
        this.order = order;
        this.snapshots = snapshots;
    }

    /** Ends the reading of a file, because a newer one of the application was imported already; an outcome, not a fault. */
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
     * What others are about to change must be known before a snapshot is held against it.
     *
     * @throws Superseded when a newer snapshot was imported
     */
    void takeForSnapshot(Claim claim, String app, Deadline deadline) throws IOException {
        requireNewest(claim, app, deadline);
        turns.requireTurn(app, claim, true, deadline);
        requireNewest(claim, app, deadline);
        snapshots.learnEnds(claim.report().importId(), app, deadline);
    }

    /**
     * Newer files wait, and a snapshot that is planned meanwhile must not miss what this file changes.
     *
     * @throws Superseded when the file comes too late
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
