package dev.bulkuserimport.problem;

/**
 * Ends an operation with a problem. It is an expected outcome, not a bug, so it has no stack trace. Subclasses exist where a caller needs
 * to distinguish more than the problem's type.
 */
public class ProblemException extends RuntimeException {

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.type().slug() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public final Problem problem() {
        return problem;
    }
}
