package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;

/** How often a 401 may be answered with new credentials in one call or upload: one new credential in total, and a few new nonces. */
public final class CredentialRenewal {

    /** A nonce may rotate while several requests are in flight; more requests for one than this are not a rotation. */
    private static final int NONCES = 20;

    private final Credentials credentials;
    private int generation;
    private int nonces;

    public CredentialRenewal(Credentials credentials) {
        this.credentials = credentials;
    }

    /** Counts the credentials used so far: a 401 for an older one says nothing about the current one. */
    public int generation() {
        return generation;
    }

    /**
     * Tries to renew the credentials after a 401. False if a retry can't succeed.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when a secret or a token can't be obtained
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

    /**
     * The same for one of several requests in flight: its credential may have been replaced since it was sent, because a rotated secret was
     * read again for a later one.
     *
     * @param refused the credential that the request was sent with
     */
    public boolean renew(OktaCall call, Authorization refused, OktaReply.Answered refusal, Deadline deadline) {
        if (generation == 0 && !refusal.asksForNonce() && isReplaced(call, refused, deadline)) {
            generation++;
            return true;
        }
        return renew(refusal, deadline);
    }

    private boolean isReplaced(OktaCall call, Authorization refused, Deadline deadline) {
        return !credentials.authorize(call, deadline).header().equals(refused.header());
    }
}
