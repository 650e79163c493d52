package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.state.SnapshotOrder;
import dev.bulkuserimport.state.Snapshots;
import dev.bulkuserimport.state.StateUpdates;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/** A file's turn while it is planned: afterwards nothing older may change the state that it is compared with. */
@Singleton
class PlanningTurn {

    private final Turns turns;
    private final ImportOrder order;
    private final SnapshotOrder newest;
    private final Snapshots snapshots;
    private final StateUpdates states;

    PlanningTurn(Turns turns, ImportOrder order, SnapshotOrder newest, Snapshots snapshots, StateUpdates states) {
        this.turns = turns;
        this.order = order;
        this.newest = newest;
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

    /**
     * Makes sure that a file may be planned now.
     *
     * @throws Superseded if it is not to be imported any more
     */
    void take(Claim claim, String app, ImportOperation operation, boolean dryRun, Deadline deadline)
            throws IOException {
        if (operation == ImportOperation.SNAPSHOT && dryRun) {
            requireNewest(claim, app, deadline);
        } else if (operation == ImportOperation.SNAPSHOT) {
            takeForSnapshot(claim, app, deadline);
        } else if (!dryRun) {
            keepPlace(claim, app, deadline);
            if (snapshots.mayBeThere(claim.report().importId(), app, deadline)) {
                takeForUpdate(claim, app, deadline);
            }
        }
    }

    /** Leaves the line of an application that the file is not for, as the end of its payload has shown. */
    void leaveOther(Claim claim, Optional<String> app, Deadline deadline) throws IOException {
        Optional<String> other = claim.line().filter(line -> !app.equals(Optional.of(line)));
        if (other.isPresent()) {
            turns.stopWaiting(other.get(), claim, deadline);
        }
    }

    /** @throws Superseded when a newer snapshot was imported */
    private void requireNewest(Claim claim, String app, Deadline deadline) throws IOException {
        FileReport report = claim.report();
        boolean isNewest = report.origin().isEmpty()
                || !newest.isSuperseded(
                        report.importId().reportBucket(), app, report.origin().get(), deadline);
        if (!report.hasBegun() && !isNewest) {
            throw new Superseded(Found.Fact.OLDER_SNAPSHOT);
        }
    }

    /**
     * Pending changes by other files must be known before a snapshot is compared with the state.
     *
     * @throws Superseded when a newer snapshot was imported
     */
    private void takeForSnapshot(Claim claim, String app, Deadline deadline) throws IOException {
        requireNewest(claim, app, deadline);
        // Before it waits: a file that is planned meanwhile would not know of it, nor the state of that file.
        snapshots.announce(claim.report().importId(), app, deadline);
        takeForUpdate(claim, app, deadline);
        requireNewest(claim, app, deadline);
    }

    /**
     * A file that is compared with the state must know what the files before it have made of the people: whom they deactivate, and who has
     * which login.
     */
    private void takeForUpdate(Claim claim, String app, Deadline deadline) throws IOException {
        turns.requireTurn(app, claim, true, deadline);
        states.learnEnds(claim.report().importId(), app, deadline);
        if (claim.report().hasBegun() && !claim.report().isUnderWay()) {
            states.mergeOwn(claim.report(), deadline);
        }
    }

    /**
     * Newer files wait, and a snapshot planned in the meantime must include this file's changes.
     *
     * @throws Superseded if the file is too late
     */
    private void keepPlace(Claim claim, String app, Deadline deadline) throws IOException {
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
