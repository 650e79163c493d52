package dev.bulkuserimport.storage;

import dev.bulkuserimport.plan.ImportRequest;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.upload.ImportAnswer;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is written about an object's import: the answer or the problem, counts, and every rejected record. */
final class Report {

    private final Map<String, Object> members = new LinkedHashMap<>();
    private Rejections rejected = Rejections.NONE;

    void read(ImportRequest request) {
        members.put("applicationId", request.options().applicationId());
        members.put("importOperation", request.options().operation().name());
        request.options().sessionId().ifPresent(session -> {
            members.put("sessionId", session);
            members.put("managedSession", false);
        });
        members.put("records", request.outcome().summary().records());
        rejected = request.outcome().summary().rejections();
    }

    void answer(ImportAnswer answer) {
        Map<String, Object> told = answer.members();
        told.remove("rejected");
        members.put("sessionId", answer.sessionId().orElse(null));
        members.put("requests", answer.requests());
        members.put("answer", told);
    }

    void problem(Problem problem) {
        members.put("problem", problem.document());
    }

    void recordsImported(int count) {
        members.put("recordsImported", count);
    }

    void rejectedRows(String key) {
        members.put("rejectedRows", key);
    }

    Rejections rejected() {
        return rejected;
    }

    /** Writes what is known by now. */
    void write(Claim claim, Claim.State state) {
        try {
            claim.update(state, members);
        } catch (S3Failure e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the end of an attempt. */
    void finish(Claim claim, Claim.State state) throws S3Failure {
        members.put("finishedAt", Instant.now().toString());
        members.put(
                "rejected", rejected.errors().stream().map(RecordError::members).toList());
        members.put("rejectedCount", rejected.records());
        claim.update(state, members);
    }
}
