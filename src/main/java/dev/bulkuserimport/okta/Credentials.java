package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;

/** How this function authenticates to Okta. */
public interface Credentials {

    /** What renewing after a 401 achieved. */
    enum Renewal {
        /** Okta requires another nonce, which is known now; the credential itself is valid. */
        NONCE,
        /** There is a new credential. */
        RENEWED,
        /** There is no other credential. */
        NONE
    }

    /**
     * Credentials for one attempt of a call, requested again for each retry. May call Okta or AWS, so this is never called on the event
     * loop.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code okta-unauthorized} or {@code okta-unavailable}
     */
    Authorization authorize(OktaCall call, Deadline deadline);

    /** Records an answer, which may carry a new nonce for the next proof. */
    default void learn(OktaReply.Answered answer) {}

    /** Discards the credential that Okta has just refused with 401. */
    Renewal renew(OktaReply.Answered refusal, Deadline deadline);
}
