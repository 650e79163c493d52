package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;

/** A file is cut off: what was read so far may be the start of a larger one. */
public final class CutOffException extends ProblemException {

    CutOffException(Problem problem) {
        super(problem);
    }
}
