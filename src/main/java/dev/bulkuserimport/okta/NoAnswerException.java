package dev.bulkuserimport.okta;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;

/** {@code okta-unavailable} without any answer: Okta wasn't reached, its answer was lost, or it can't be read. */
public final class NoAnswerException extends ProblemException {

    public NoAnswerException(Problem problem) {
        super(problem);
    }
}
