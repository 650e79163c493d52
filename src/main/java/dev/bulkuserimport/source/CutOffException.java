package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;

/** A file breaks off: what was read of it until then may be the start of a larger one. */
public final class CutOffException extends ProblemException {

    CutOffException(Problem problem) {
        super(problem);
    }
}
