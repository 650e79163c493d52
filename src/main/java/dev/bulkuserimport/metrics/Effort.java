package dev.bulkuserimport.metrics;

/**
 * The effort of an upload.
 *
 * @param requests bulk requests that Okta accepted
 * @param retries bulk requests that were retried
 * @param throttles answers with 429
 * @param oktaMillis milliseconds that Okta took to answer, over all bulk requests
 */
public record Effort(int requests, int retries, int throttles, long oktaMillis) {

    public static final Effort NONE = new Effort(0, 0, 0, 0);

    public Effort plus(Effort more) {
        return new Effort(
                requests + more.requests,
                retries + more.retries,
                throttles + more.throttles,
                oktaMillis + more.oktaMillis);
    }
}
