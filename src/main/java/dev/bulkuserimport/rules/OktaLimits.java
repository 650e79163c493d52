package dev.bulkuserimport.rules;

/**
 * Okta's limits for import sessions of a Custom Identity Source, each in one place.
 *
 * <p>Sources: Okta's Anything-as-a-Source guide ("Limitations") and the management API's reference of bulk-upsert.
 */
public final class OktaLimits {

    /** Profiles in one bulk request, at most. */
    public static final int USERS_PER_REQUEST = 200;

    /**
     * Bytes of one bulk request's body, at most. Okta says "200 KB"; we read it as 200 × 1,000, the smaller of its two
     * meanings, because a body between the two could be refused after others were accepted.
     */
    public static final int BYTES_PER_REQUEST = 200_000;

    /** Bulk requests in one session, upserts and deletes together. */
    public static final int REQUESTS_PER_SESSION = 50;

    /** What follows for the users of one session. */
    public static final int USERS_PER_SESSION = USERS_PER_REQUEST * REQUESTS_PER_SESSION;

    /** Characters (code points) of an external ID, at most. */
    public static final int EXTERNAL_ID_LENGTH = 512;

    /** Characters of a group's external ID, and of a member's, at most: fewer than a user may have. */
    public static final int GROUP_ID_LENGTH = 255;

    private OktaLimits() {}
}
