package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;

/** How this function proves to Okta who it is. */
public interface Credentials {

    /** What can be done about a 401. */
    enum Renewal {
        /** Okta asked for another nonce, which is known now: the credential itself is good. */
        NONCE,
        /** There is a new credential. */
        RENEWED,
        /** The same credential is all there is. */
        NONE
    }

    /**
     * Credentials for one sending of a call; asked again for each retry. May call Okta or AWS, so it is never asked on the event loop.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code okta-unauthorized} or {@code okta-unavailable}
     */
    Authorization authorize(OktaCall call, Deadline deadline);

    /** Takes note of an answer, which may carry a new nonce for the next proof. */
    default void learn(OktaReply.Answered answer) {}

    /** Forgets what Okta has just refused with 401. */
    Renewal renew(OktaReply.Answered refusal, Deadline deadline);
}
