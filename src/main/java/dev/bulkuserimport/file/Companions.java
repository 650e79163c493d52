package dev.bulkuserimport.file;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.report.Report;
import dev.bulkuserimport.report.ReportPage;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.s3.S3Objects;
import dev.bulkuserimport.source.RejectedRows;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What stands beside a report: conveniences, on which the import's result doesn't depend. */
@Singleton
class Companions {

    private static final Logger LOG = Logger.getLogger(Companions.class);

    private final S3Objects objects;
    private final SourceFiles files;

    Companions(S3Objects objects, SourceFiles files) {
        this.objects = objects;
        this.files = files;
    }

    /** Writes the rejected rows and the page, and their places into the report. */
    void write(Claim claim, Deadline deadline) {
        if (!claim.report().rejections().isEmpty()) {
            rejectedRows(claim, deadline);
        }
        page(claim, deadline);
    }

    /** The rejected rows as they were, as a file of their own, to be mended and dropped in again. */
    private void rejectedRows(Claim claim, Deadline deadline) {
        Report report = claim.report();
        try {
            SourceFile file = files.open(report.source(), deadline);
            ObjectPlace place = claim.place().beside(file.content().rejectedEnding());
            ByteChunks rows = new ByteChunks();
            RejectedRows.Written written =
                    file.content().writeRejected(report.rejections().errors(), rows);
            objects.writeLike(file.head(), place, file.content().rejectedType(), rows, deadline);
            rows.release();
            int leftOut = report.rejections().records() - written.records();
            report.rejectedRows(Optional.of(place.key()), written.records(), leftOut);
            if (leftOut > 0) {
                report.note(leftOut + " of " + report.rejections().records()
                        + " rejected rows are not in the file of them: "
                        + (written.leftOut() > 0
                                ? "it holds no more than " + RejectedRows.MOST_BYTES / 1_000_000 + " MB."
                                : "it holds the first " + Rejections.KEPT_RECORDS + ".")
                        + " Mend the others in the source, and import it again.");
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf(
                    "the rejected rows of %s can't be written", report.source().place());
            report.note("The rejected rows could not be written as a file of their own; the report lists them.");
        }
    }

    /** The report for a person's eyes, made of the very bytes of the report. */
    void page(Claim claim, Deadline deadline) {
        ObjectPlace place = claim.place().beside(".html");
        Report report = claim.report();
        try {
            report.page(Optional.of(place.key()));
            byte[] page =
                    ReportPage.of(report.json(), place.bucket(), claim.place().key(), place.key());
            objects.put(place, "text/html; charset=utf-8", page, deadline);
        } catch (IOException | RuntimeException e) {
            LOG.warnf("the page of %s can't be written", report.source().place());
            report.page(Optional.empty());
        }
    }
}
