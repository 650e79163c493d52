package dev.bulkuserimport.rules;

/**
 * Okta's limits for import sessions of a Custom Identity Source.
 *
 * <p>Sources: Okta's Anything-as-a-Source guide ("Limitations") and the management API's reference of bulk-upsert.
 */
public final class OktaLimits {

    /** The most profiles in one bulk request. */
    public static final int USERS_PER_REQUEST = 200;

    /**
     * The most bytes of a bulk request's body. Okta says "200 KB"; this is read as 200 × 1,000, the smaller of its two meanings, because a
     * body between the two could be refused after others were accepted.
     */
    public static final int BYTES_PER_REQUEST = 200_000;

    /** The most bulk requests in one session, upserts and deletes together. */
    public static final int REQUESTS_PER_SESSION = 50;

    /** The resulting maximum of users in one session. */
    public static final int USERS_PER_SESSION = USERS_PER_REQUEST * REQUESTS_PER_SESSION;

    /** The most characters (code points) of an external ID. */
    public static final int EXTERNAL_ID_LENGTH = 512;

    /** The most characters of a group's external ID, and of a member's: fewer than for a user. */
    public static final int GROUP_ID_LENGTH = 255;

    private OktaLimits() {}
}
