package dev.bulkuserimport.okta;

import dev.bulkuserimport.problem.Problem;
import java.time.Duration;

/** What to do after one attempt of a call. */
public sealed interface NextStep {

    /** Return the answer to the caller: a success, or a refusal that only the caller can interpret. */
    record Take(OktaReply.Answered answer) implements NextStep {}

    /**
     * Send the same request again.
     *
     * @param delay how long to wait first
     * @param because what the wait is for
     */
    record SendAgain(Duration delay, Reason because) implements NextStep {}

    /** Renew the credential, then send the same request again. */
    record Renew(OktaReply.Answered refusal) implements NextStep {}

    /** Fail with this problem. */
    record GiveUp(Problem problem) implements NextStep {}

    /** Why something is sent again. */
    enum Reason {
        /** Too many requests in Okta's window: no request may be sent before it ends. */
        WINDOW,
        /** Too many concurrent requests. */
        CONCURRENCY,
        /** No answer, or one without information. */
        FAULT,
        /** Okta refused a credential that has been replaced since. */
        NEWER_CREDENTIAL
    }
}
