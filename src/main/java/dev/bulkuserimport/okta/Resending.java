package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Sends one call on the caller's own thread, as often as {@link SendingPolicy} decides and the time allows. */
public final class Resending {

    private Resending() {}

    /**
     * Okta's answer: 2xx, or a 4xx for the caller to interpret.
     *
     * @param send sends it once
     * @param renew renews the credential after a refusal; false if there is no other
     * @throws ProblemException {@code okta-unauthorized}, or {@code okta-unavailable} when there is no such answer in time
     * @throws NoAnswerException when the last attempt had none at all
     */
    public static OktaReply.Answered execute(
            OktaCall call, Supplier<OktaReply> send, Predicate<OktaReply.Answered> renew, Deadline deadline) {
        Tried tried = Tried.NOTHING;
        while (true) {
            OktaReply reply = send.get();
            NextStep step = SendingPolicy.JITTERED.decide(reply, call, tried);
            if (step instanceof NextStep.Take take) {
                return take.answer();
            }
            if (step instanceof NextStep.GiveUp over) {
                throw failure(over.problem(), reply);
            }
            if (step instanceof NextStep.Renew renewal) {
                if (!renew.test(renewal.refusal())) {
                    throw OktaProblems.unauthorized(OktaError.of(renewal.refusal()), call.scope())
                            .exception();
                }
            } else if (step instanceof NextStep.SendAgain again) {
                if (!deadline.pause(again.delay())) {
                    throw failure(SendingPolicy.outlasted(reply, again.delay()), reply);
                }
                tried = tried.and(again.because());
            }
        }
    }

    private static ProblemException failure(Problem problem, OktaReply last) {
        return last instanceof OktaReply.Answered ? problem.exception() : new NoAnswerException(problem);
    }
}
