package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.s3.S3Failure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Keeps the place of a file that will be retried, and logs when it has waited for long. */
@Singleton
class WaitingLine {

    private static final Logger LOG = Logger.getLogger(WaitingLine.class);

    /** Its lines are counted by a metric filter in {@code infra/template.yaml}. */
    private static final Logger WAITING = Logger.getLogger("waiting");

    /** How long after a file was uploaded an alert is due if it hasn't been imported. */
    private static final Duration LONG = Duration.ofHours(2);

    private final Turns turns;

    WaitingLine(Turns turns) {
        this.turns = turns;
    }

    /** Another attempt may come; until then newer files wait. A file without a place in the order has none to keep. */
    void keepPlace(Claim claim, Errand errand, Problem met, Deadline deadline) {
        FileReport report = claim.report();
        boolean ordered = report.application().isPresent()
                && report.known().putAt().isPresent()
                && report.callerSession().isEmpty()
                && !report.isDryRun();
        if (claim.isLost() || !ordered || errand instanceof Errand.Finish) {
            return;
        }
        if (holdsUpNoOther(report)) {
            giveUpPlace(claim, deadline);
            return;
        }
        Duration waited = Duration.between(report.known().putAt().orElseThrow(), Instant.now());
        if (waited.compareTo(LONG) >= 0) {
            WAITING.infof(
                    "hours=%s importId=%s applicationId=%s because=%s",
                    waited.toHours(),
                    report.importId(),
                    report.app(),
                    met.type().slug());
        }
        try {
            if (errand instanceof Errand.Send || report.hasBegun()) {
                turns.keepPlace(report.app(), claim, deadline);
            } else {
                turns.waitAgain(report.app(), claim, deadline);
            }
        } catch (S3Failure e) {
            LOG.warnf(
                    "%s could not keep its place in the queue: %s",
                    report.source().place(), e.getMessage());
        }
    }

    /** A file about which a person has to decide, or that was not approved, waits without a place among the others. */
    static boolean holdsUpNoOther(FileReport report) {
        return report.stopped().filter(review -> !review.isApproved()).isPresent();
    }

    private void giveUpPlace(Claim claim, Deadline deadline) {
        if (!claim.isInLine()) {
            return;
        }
        try {
            turns.stopWaiting(claim.report().app(), claim, deadline);
        } catch (S3Failure e) {
            LOG.warnf(
                    "%s could not leave the queue: %s", claim.report().source().place(), e.getMessage());
        }
    }
}
