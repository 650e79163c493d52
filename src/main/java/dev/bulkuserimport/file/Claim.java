package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.Report;
import dev.bulkuserimport.report.ReportPlace;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import java.time.Duration;
import java.util.Optional;

/**
 * A report in the hands of one attempt. Each change replaces exactly the version that this instance wrote last, so nobody can lose a claim
 * without noticing.
 */
final class Claim {

    private final S3Objects objects;
    private final ReportPlace place;
    private final Report report;
    private Optional<String> eTag;
    private boolean overtaken;

    /** @param eTag of the report as it is stored; empty when there is none yet */
    Claim(S3Objects objects, ReportPlace place, Report report, Optional<String> eTag) {
        this.objects = objects;
        this.place = place;
        this.report = report;
        this.eTag = eTag;
    }

    Report report() {
        return report;
    }

    ReportPlace place() {
        return place;
    }

    /** Whether somebody else works on the object version by now, so that nothing may be written any more. */
    boolean isOvertaken() {
        return overtaken;
    }

    /** Writes the report down; false when somebody else was faster. */
    boolean trySave(Deadline deadline) throws S3Failure {
        Optional<String> written = objects.write(place.bucket(), place.key(), report.json(), eTag, deadline);
        if (written.isEmpty()) {
            overtaken = true;
            return false;
        }
        eTag = written;
        return true;
    }

    /**
     * Writes the report down.
     *
     * @throws ProblemException {@code session-conflict} when somebody else has taken the object version over
     */
    void save(Deadline deadline) throws S3Failure {
        if (overtaken || !trySave(deadline)) {
            throw Problem.of(
                            ProblemType.SESSION_CONFLICT,
                            "Another attempt at " + report.source().place() + " has taken over. This one stops.")
                    .retryAfter(Duration.ofSeconds(60))
                    .exception();
        }
    }

    /** Writes the report down where only problems can be thrown. */
    void note(Deadline deadline) {
        try {
            save(deadline);
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }
}
