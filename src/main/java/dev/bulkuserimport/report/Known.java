package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.rules.ImportOperation;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known about a file.
 *
 * @param putAt when its object was uploaded, by S3's clock; empty before S3 was asked
 * @param application the application, once it is known
 * @param operation the operation, once it is known
 * @param mapping the key of the mapping found for it; empty if there is none
 * @param file its content; empty before it was read to its end
 * @param rejections its invalid records
 * @param compared the comparison with the application's state; empty if it doesn't involve one
 * @param sizes a dry run's requests; known only to the attempt that planned it
 * @param review the review of a stopped file and its decision; empty for other files
 */
public record Known(
        Optional<Instant> putAt,
        Optional<String> application,
        Optional<ImportOperation> operation,
        Optional<String> mapping,
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
            Optional.empty(),
            Rejections.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Known putAt(Instant when) {
        return new Known(Optional.of(when), application, operation, mapping, file, rejections, compared, sizes, review);
    }

    /** The same with more information on application and operation: from its key and metadata, then from the file itself. */
    public Known naming(Optional<String> app, Optional<ImportOperation> asked) {
        return new Known(
                putAt,
                app.or(() -> application),
                asked.or(() -> operation),
                mapping,
                file,
                rejections,
                compared,
                sizes,
                review);
    }

    public Known mappedBy(Optional<String> key) {
        return new Known(putAt, application, operation, key, file, rejections, compared, sizes, review);
    }

    public Known read(ReadFile read, Rejections rejected) {
        return new Known(putAt, application, operation, mapping, Optional.of(read), rejected, compared, sizes, review);
    }

    public Known withCompared(Optional<Compared> found) {
        return new Known(putAt, application, operation, mapping, file, rejections, found, sizes, review);
    }

    public Known withSizes(RequestSizes planned) {
        return new Known(
                putAt, application, operation, mapping, file, rejections, compared, Optional.of(planned), review);
    }

    public Known withReview(Review stopped) {
        return new Known(
                putAt, application, operation, mapping, file, rejections, compared, sizes, Optional.of(stopped));
    }
}
