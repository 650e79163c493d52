package dev.bulkuserimport.upload;

import dev.bulkuserimport.problem.Problem;

/**
 * What became of a plan.
 *
 * @param recordsImported records in bulk requests that Okta accepted
 * @param sent what the sending took
 * @param failure why not everything is in, with the ranges of what is not; null when everything is
 */
public record UploadResult(int recordsImported, Effort sent, Problem failure) {

    /**
     * What an upload took.
     *
     * @param requests bulk requests that Okta accepted
     * @param retries bulk requests that were sent again
     * @param throttles answers with 429
     * @param oktaMillis milliseconds that Okta took to answer, over all bulk requests
     */
    public record Effort(int requests, int retries, int throttles, long oktaMillis) {

        static final Effort NONE = new Effort(0, 0, 0, 0);
    }
}
