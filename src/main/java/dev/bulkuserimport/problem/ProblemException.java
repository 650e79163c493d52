package dev.bulkuserimport.problem;

/**
 * Ends an operation with a problem. It is an outcome, not a fault of ours, so it carries no stack trace. A subclass says what a caller
 * decides by, where the problem's type isn't enough.
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
