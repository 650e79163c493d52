package dev.bulkuserimport.upload;

import dev.bulkuserimport.metrics.Effort;
import dev.bulkuserimport.problem.Problem;
import java.util.Optional;

/**
 * What became of a plan.
 *
 * @param imported what the bulk requests hold that Okta accepted
 * @param sent what the sending took
 * @param failure why not everything is in, with the ranges of what is not; empty when everything is
 */
public record UploadResult(Imported imported, Effort sent, Optional<Problem> failure) {

    /** Users in bulk requests that Okta accepted. */
    public int recordsImported() {
        return imported.users();
    }
}
