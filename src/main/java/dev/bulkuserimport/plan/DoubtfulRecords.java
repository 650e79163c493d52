package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Valid records that are invalid if most others are unlike them, which is known only at the end of the source; the first of them are kept. */
final class DoubtfulRecords {

    private final String field;
    private final Fault fault;
    private final List<Doubt> doubts = new ArrayList<>();

    private record Doubt(int index, long line, String externalId) {}

    /**
     * @param field the field in question
     * @param fault what is wrong with it if they are invalid
     */
    DoubtfulRecords(String field, Fault fault) {
        this.field = field;
        this.fault = fault;
    }

    void add(PresentRecord record) {
        if (doubts.size() < Rejections.KEPT_RECORDS) {
            doubts.add(new Doubt(record.index(), record.line(), record.externalId()));
        }
    }

    /** Leaves the records out that are rejected for another reason. */
    void removeAll(DoubtfulRecords rejected) {
        doubts.removeAll(rejected.doubts);
    }

    void reject(RejectedRecords rejected) {
        for (Doubt doubt : doubts) {
            rejected.begin();
            rejected.add(doubt.index(), doubt.line(), Optional.of(field), fault);
            rejected.end(Optional.of(doubt.externalId()));
        }
    }
}
