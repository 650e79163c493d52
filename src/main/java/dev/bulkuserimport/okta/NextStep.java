package dev.bulkuserimport.okta;

import dev.bulkuserimport.problem.Problem;
import java.time.Duration;

/** What is done after one sending of a call. */
public sealed interface NextStep {

    /** The answer is for whoever made the call: a success, or a refusal that only they understand. */
    record Take(OktaReply.Answered answer) implements NextStep {}

    /**
     * The same once more.
     *
     * @param delay how long to wait first
     * @param because what the wait is for
     */
    record SendAgain(Duration delay, Reason because) implements NextStep {}

    /** A better credential, and then the same once more. */
    record Renew(OktaReply.Answered refusal) implements NextStep {}

    /** It is over. */
    record GiveUp(Problem problem) implements NextStep {}

    /** Why something is sent again. */
    enum Reason {
        /** Too many requests in Okta's window: no one may send before it ends. */
        WINDOW,
        /** Too many requests at once: fewer may be. */
        CONCURRENCY,
        /** No answer, or none that says anything. */
        FAULT,
        /** What Okta refused is not what is used by now. */
        NEWER_CREDENTIAL
    }
}
