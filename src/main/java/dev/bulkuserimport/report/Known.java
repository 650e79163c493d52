package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.rules.ImportOperation;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a file.
 *
 * @param putAt when its object was put, by S3's clock; empty before S3 was asked
 * @param application the application, as soon as anything names it
 * @param operation the operation, as soon as anything names it
 * @param file what it says; empty before it was read to its end
 * @param rejections its invalid records
 * @param compared the comparison with the application's state; empty where it has nothing to do with one
 * @param sizes a dry run's requests; known to the attempt that planned it
 * @param review what a guard has stopped, and what was decided; empty for a file that none has
 */
public record Known(
        Optional<Instant> putAt,
        Optional<String> application,
        Optional<ImportOperation> operation,
        Optional<ReadFile> file,
        Rejections rejections,
        Optional<Compared> compared,
        Optional<RequestSizes> sizes,
        Optional<Review> review) {

    static final Known NOTHING = new Known(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Rejections.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Known putAt(Instant when) {
        return new Known(Optional.of(when), application, operation, file, rejections, compared, sizes, review);
    }

    /** The same where more is said of whom and what the file is for: by its key and metadata, then by the file itself. */
    public Known naming(Optional<String> app, Optional<ImportOperation> asked) {
        return new Known(
                putAt, app.or(() -> application), asked.or(() -> operation), file, rejections, compared, sizes, review);
    }

    public Known read(ReadFile read, Rejections rejected) {
        return new Known(putAt, application, operation, Optional.of(read), rejected, compared, sizes, review);
    }

    public Known withCompared(Optional<Compared> found) {
        return new Known(putAt, application, operation, file, rejections, found, sizes, review);
    }

    public Known withSizes(RequestSizes planned) {
        return new Known(putAt, application, operation, file, rejections, compared, Optional.of(planned), review);
    }

    public Known withReview(Review stopped) {
        return new Known(putAt, application, operation, file, rejections, compared, sizes, Optional.of(stopped));
    }
}
