package dev.bulkuserimport.upload;

import dev.bulkuserimport.metrics.Effort;
import dev.bulkuserimport.problem.Problem;
import java.util.Optional;

/**
 * The result of uploading a plan.
 *
 * @param imported the contents of the bulk requests that Okta accepted
 * @param deactivated how many of the imported users are deactivated
 * @param sent the effort of sending
 * @param failure why not everything was accepted, with the ranges that were not; empty if everything was
 */
public record UploadResult(Imported imported, int deactivated, Effort sent, Optional<Problem> failure) {

    /** The number of users in bulk requests that Okta accepted. */
    public int recordsImported() {
        return imported.users();
    }
}
