package dev.bulkuserimport.embedded;

/** What the application's settings make of a user who is imported for the first time. */
public enum Confirmation {
    /** New users are confirmed by themselves: they are {@code ACTIVE} at once. */
    AUTOMATIC,
    /** They wait for an admin: {@code IMPORTED}, or {@code MATCHED} where the login is one of Okta's; without an external ID until then. */
    MANUAL,
    /** They match nobody and nobody is made of them: {@code UNASSIGNED}. */
    NONE
}
