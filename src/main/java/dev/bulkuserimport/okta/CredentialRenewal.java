package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;

/** What a 401 is worth in one call or one upload: one new credential in all, and a few new nonces. */
public final class CredentialRenewal {

    /** A nonce may rotate while several requests are on their way; more often than this it is no rotation. */
    private static final int NONCES = 20;

    private final Credentials credentials;
    private int generation;
    private int nonces;

    public CredentialRenewal(Credentials credentials) {
        this.credentials = credentials;
    }

    /** Counts the credentials used so far: a 401 to an older one says nothing about the present one. */
    public int generation() {
        return generation;
    }

    /**
     * Tries to get better credentials after a 401. False when sending again is hopeless.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when a secret or a token can't be had
     */
    public boolean renew(OktaReply.Answered refusal, Deadline deadline) {
        if (generation > 0 && !refusal.asksForNonce()) {
            return false;
        }
        return switch (credentials.renew(refusal, deadline)) {
            case NONCE -> ++nonces <= NONCES;
            case RENEWED -> ++generation == 1;
            case NONE -> false;
        };
    }
}
