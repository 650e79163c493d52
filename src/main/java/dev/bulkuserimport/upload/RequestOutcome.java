package dev.bulkuserimport.upload;

/** What became of a bulk request. */
enum RequestOutcome {
    ACCEPTED,
    /** Okta answered, and did not accept it. */
    REJECTED,
    /** It was sent and no answer came: Okta may have accepted it. */
    UNKNOWN,
    NOT_SENT
}
