package dev.bulkuserimport.report;

import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A problem as a report keeps it.
 *
 * @param type what kind of failure
 * @param detail what is wrong
 * @param document all of it, as it is written; nothing decides by it
 */
public record StoredProblem(ProblemType type, String detail, Map<String, Object> document) {

    private static final Set<String> OWN =
            Set.of("type", "title", "status", "detail", "recordsImported", "retryAfter", "notImported");

    public static StoredProblem of(Problem problem) {
        return new StoredProblem(problem.type(), problem.detail(), problem.document());
    }

    /** The problem again, for what has changed since about the whole file. */
    public Problem of(int recordsImported, List<NotImported> rest) {
        Map<String, Object> more = new LinkedHashMap<>(document);
        more.keySet().removeAll(OWN);
        return new Problem(type, detail, recordsImported, Optional.empty(), rest, more);
    }
}
