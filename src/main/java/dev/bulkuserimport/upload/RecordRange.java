package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of valid records that were not certainly imported.
 *
 * @param first the first record's index in {@code users}, or its line in a file of lines
 * @param last the last record's
 * @param count how many valid records there are from the first to the last
 * @param outcome what became of them
 */
record RecordRange(int first, int last, int count, Outcome outcome) {

    /** All records of a plan that are not accepted, neighbours of the same outcome together. */
    static List<RecordRange> notImported(SessionPlan plan, Outcome[] outcomes) {
        List<RecordRange> ranges = new ArrayList<>();
        RecordRange open = null;
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == Outcome.ACCEPTED) {
                open = null;
                continue;
            }
            BulkRequest request = plan.requests().get(i);
            int last = plan.position(request.firstRecord() + request.users() - 1);
            if (open != null && open.outcome == outcomes[i]) {
                open = new RecordRange(open.first, last, open.count + request.users(), open.outcome);
                ranges.set(ranges.size() - 1, open);
            } else {
                open = new RecordRange(plan.position(request.firstRecord()), last, request.users(), outcomes[i]);
                ranges.add(open);
            }
        }
        return ranges;
    }

    /** All of a plan's records, with the same outcome. */
    static RecordRange all(SessionPlan plan, Outcome outcome) {
        return new RecordRange(plan.position(0), plan.position(plan.users() - 1), plan.users(), outcome);
    }

    /** The range as it stands in a problem. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("firstIndex", first);
        members.put("lastIndex", last);
        members.put("count", count);
        members.put("outcome", outcome.label());
        return members;
    }
}
