package dev.bulkuserimport.file;

import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.plan.PlanSummary;
import dev.bulkuserimport.report.ReadFile;
import dev.bulkuserimport.snapshot.SnapshotCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a report says in sentences about how its file was planned. */
final class PlanNotes {

    private PlanNotes() {}

    /**
     * @param uncompared why the file was not compared with a state; empty if it was
     * @param guards the guards that apply without a state
     */
    static List<String> of(ReadFile file, PlanSummary plan, Optional<String> uncompared, Guards guards) {
        List<String> notes = new ArrayList<>(file.notes().remarks());
        boolean percentage = guards.deactivations().limit().percent().isPresent();
        if (file.deactivations() > 0 && percentage) {
            uncompared.ifPresent(why -> notes.add(why + ", so a percentage limit on deactivations doesn't apply."));
        }
        boolean ofGroups = guards.groupRemovals().limit().percent().isPresent();
        if (!plan.removals().isEmpty() && ofGroups) {
            uncompared.ifPresent(
                    why -> notes.add(why + ", so a percentage limit on removals from groups doesn't apply."));
        }
        int repeated = plan.repeated();
        if (repeated > 0) {
            notes.add(repeated
                    + (repeated == 1 ? " record repeats an earlier one" : " records repeat earlier ones")
                    + " in everything that is sent, and counts as one with it.");
        }
        int rows = plan.namedOtherwise();
        if (rows > 0) {
            notes.add(rows + (rows == 1 ? " row gives its group" : " rows give their groups")
                    + " another name or description than the first row of that group, which counts.");
        }
        return notes;
    }

    static List<String> of(SnapshotCounts counts) {
        List<String> notes = new ArrayList<>();
        if (counts.known().isEmpty()) {
            notes.add("This is the first snapshot of the application: there is nothing to compare it with, so no one"
                    + " counts as gone, and a limit in percent doesn't apply.");
        }
        if (counts.nobodyGoes()) {
            notes.add("No one who is gone is deactivated, because the external ID of a rejected or skipped record could"
                    + " not be read: it could be anyone's.");
        }
        return notes;
    }
}
