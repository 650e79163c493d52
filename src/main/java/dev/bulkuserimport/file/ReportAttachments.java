package dev.bulkuserimport.file;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.report.Attachments;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.ReportPage;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.s3.S3Objects;
import dev.bulkuserimport.snapshot.ChangeList;
import dev.bulkuserimport.source.RejectedRows;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The objects next to a report: conveniences, on which the import's result doesn't depend. */
@Singleton
class ReportAttachments {

    private static final Logger LOG = Logger.getLogger(ReportAttachments.class);

    private final S3Objects objects;
    private final SourceFiles files;

    ReportAttachments(S3Objects objects, SourceFiles files) {
        this.objects = objects;
        this.files = files;
    }

    /** Writes the rejected rows and the page, and adds their locations to the report. */
    void write(Claim claim, Deadline deadline) {
        if (!claim.report().rejections().ofUsers().isEmpty()) {
            rejectedRows(claim, deadline);
        }
        page(claim, deadline);
    }

    /** The unchanged rejected rows as a separate file, to be fixed and uploaded again. */
    private void rejectedRows(Claim claim, Deadline deadline) {
        FileReport report = claim.report();
        try {
            SourceFile file = files.open(report.source(), deadline);
            ObjectPlace place = claim.place().beside(file.content().rejectedEnding());
            ByteChunks rows = new ByteChunks();
            RejectedRows.Written written =
                    file.content().writeRejected(report.rejections().ofUsers(), rows);
            objects.writeLike(file.head(), place, file.content().rejectedType(), rows::stream, rows.size(), deadline);
            rows.release();
            int users = report.rejections().users();
            int leftOut = users - written.records();
            claim.change(now -> now.withBeside(
                    now.beside().withRows(new Attachments.Rows(place.key(), written.records(), leftOut))));
            if (leftOut > 0) {
                claim.change(now -> now.noting(leftOut + " of " + users
                        + " rejected rows are not in the file of rejected rows: "
                        + (written.leftOut() > 0
                                ? "it can have at most " + RejectedRows.MOST_BYTES / 1_000_000 + " MB."
                                : "it contains the first " + Rejections.KEPT_RECORDS + ".")
                        + " Fix the others in the source, and import it again."));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf(
                    "the rejected rows of %s can't be written", report.source().place());
            claim.change(now ->
                    now.noting("The rejected rows could not be written as a separate file; the report lists them."));
        }
    }

    /** Writes the list of everyone who is not unchanged, and adds its location to the report. */
    void changes(Claim claim, SourceFile file, ChangeList changes, Deadline deadline) {
        try {
            ObjectPlace place = claim.place().beside(".changes.csv");
            objects.writeLike(file.head(), place, "text/csv; charset=utf-8", changes::csv, changes.bytes(), deadline);
            claim.change(now -> now.withBeside(now.beside().withChanges(place.key())));
        } catch (IOException | RuntimeException e) {
            LOG.warnf(
                    "the changes of %s can't be written",
                    claim.report().source().place());
            claim.change(now -> now.noting("The list of changes could not be written."));
        }
    }

    /** The report's page. */
    void page(Claim claim, Deadline deadline) {
        ObjectPlace place = claim.place().beside(".html");
        try {
            claim.change(now -> now.withBeside(now.beside().withPage(Optional.of(place.key()))));
            byte[] page = ReportPage.of(claim.report(), claim.place(), place.key());
            objects.put(place, "text/html; charset=utf-8", page, deadline);
        } catch (IOException | RuntimeException e) {
            LOG.warnf("the page of %s can't be written", claim.report().source().place());
            claim.change(now -> now.withBeside(now.beside().withPage(Optional.empty())));
        }
    }
}
