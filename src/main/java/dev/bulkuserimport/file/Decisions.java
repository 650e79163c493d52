package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.Review;
import dev.bulkuserimport.report.Ruling;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.state.SnapshotOrder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Accepts a person's decision about a stopped file, and tells the state machine whether one is still awaited. A decision is only written to
 * the report, with a conditional write; the state machine acts on it.
 */
@Singleton
public class Decisions {

    /** How often a write may lose against another change of the report. */
    private static final int ATTEMPTS = 5;

    private final Claims claims;
    private final WorkFiles work;
    private final SourceFiles files;
    private final SnapshotOrder order;

    Decisions(Claims claims, WorkFiles work, SourceFiles files, SnapshotOrder order) {
        this.claims = claims;
        this.work = work;
        this.files = files;
        this.order = order;
    }

    /**
     * Accepts a decision; repeating it returns the same answer.
     *
     * @param plan the hash that it is about
     * @return the answer's members
     * @throws ProblemException {@code not-found} for an import that is unknown; {@code session-conflict} when it comes too late, is about
     *     another plan, or contradicts an earlier decision
     */
    public Map<String, Object> decide(ImportId importId, String plan, Ruling ruling, Deadline deadline) {
        try {
            ObjectVersion object = known(importId, deadline);
            for (int attempt = 1; ; attempt++) {
                Claim claim = claims.look(object, deadline)
                        .orElseThrow(() -> unknown(importId).exception());
                Optional<FileReport> decided = ReviewPolicy.decide(claim.report(), plan, ruling);
                if (decided.isEmpty()) {
                    return answer(claim);
                }
                claim.change(report -> decided.get());
                if (claim.trySave(deadline)) {
                    return answer(claim);
                }
                if (attempt == ATTEMPTS) {
                    throw S3Failure.contended(
                            claim.place().bucket(), claim.place().key());
                }
            }
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }

    private static Map<String, Object> answer(Claim claim) {
        FileReport report = claim.report();
        Review review = report.review().orElseThrow();
        Ruling ruling = review.ruling().orElseThrow();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("importId", report.importId().toString());
        members.put("decision", ruling.choice().word());
        members.put("plan", review.plan());
        members.put("decidedAt", ruling.at().toString());
        ruling.by().ifPresent(who -> members.put("by", who));
        ruling.comment().ifPresent(why -> members.put("comment", why));
        members.put("report", claim.place().url());
        return members;
    }

    /**
     * Whether a person may still decide about a stopped file, and how long to wait before asking again; if not, {@code planFile} continues
     * with the file. Nothing is written.
     *
     * @return the answer's members
     */
    public Map<String, Object> await(ImportId importId, Deadline deadline) {
        try {
            ObjectVersion object = work.known(importId, claims, deadline);
            Optional<FileReport> report = claims.look(object, deadline).map(Claim::report);
            Optional<Review> review = report.flatMap(FileReport::stopped).filter(stop -> !stop.isDecided());
            Instant now = Instant.now();
            boolean waiting = review.isPresent()
                    && !now.isAfter(review.get().until())
                    && !order.isOvertaken(report.orElseThrow(), deadline)
                    && !files.isSuperseded(object, deadline);
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("importId", importId.toString());
            members.put("waiting", waiting);
            members.put(
                    "waitSeconds",
                    review.map(stop -> ReviewPolicy.secondsToWait(stop, now)).orElse(1));
            return members;
        } catch (S3Failure e) {
            throw e.problem().exception();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectVersion known(ImportId importId, Deadline deadline) throws S3Failure {
        try {
            Optional<ObjectVersion> object = claims.isOurs(importId) ? work.find(importId, deadline) : Optional.empty();
            return object.orElseThrow(() -> unknown(importId).exception());
        } catch (S3Failure e) {
            // To a role that may not list the bucket, S3 says of what isn't there that it may not be read.
            throw e.isForbidden() ? unknown(importId).exception() : e.problem().exception();
        }
    }

    private static Problem unknown(ImportId importId) {
        return Problem.of(
                ProblemType.NOT_FOUND, "The import " + importId + " does not exist or does not wait for a decision.");
    }
}
