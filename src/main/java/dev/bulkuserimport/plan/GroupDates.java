package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.Fault;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Groups that a file's rows name by an external ID that a spreadsheet has made a date. Many rows name one group, which counts once. */
final class GroupDates {

    private final DateIds dates = DateIds.ofGroups();
    private final Set<String> ids = new HashSet<>();
    private boolean readAgain;

    /** Starts a record. */
    void begin() {
        dates.begin();
    }

    /** Starts another reading of the same source. */
    void readAgain() {
        readAgain = true;
    }

    /** Takes why the record was rejected before. */
    void rejectedBefore(String reason) {
        dates.rejectedBefore(reason);
    }

    /** Checks a group that the record names, whose external ID is valid by itself. */
    Optional<Fault> check(GroupOfRow group) {
        if (group.hidesDate()) {
            dates.hide();
        }
        Optional<Fault> still = dates.still(group.externalId());
        if (still.isPresent() || readAgain) {
            return still.or(dates::fault);
        }
        if (ids.add(group.externalId())) {
            dates.count();
        }
        return Optional.empty();
    }

    /** Whether the dates were IDs. */
    boolean areDamaged() {
        return dates.areDamaged();
    }

    /** Keeps a valid record, if it names a group by a date. */
    void keep(PresentRecord record) {
        dates.keep(record);
    }

    /** The kept records. */
    DoubtfulRecords doubtful() {
        return dates.doubtful();
    }

    /** Rejects them, and leaves them out of others that are in doubt, if the dates were IDs. */
    void reject(RejectedRecords rejected, DoubtfulRecords others) {
        dates.reject(rejected, others);
    }
}
