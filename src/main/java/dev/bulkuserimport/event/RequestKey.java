package dev.bulkuserimport.event;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;

/**
 * The key by which a request is processed only once.
 *
 * @param field where the caller gave it: {@link #HEADER} or {@link PayloadKey#FIELD}; problems name it
 * @param text as the caller sent it
 */
record RequestKey(String field, String text) {

    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;

    private static final int UNPROCESSABLE = 422;

    /**
     * The same key.
     *
     * @throws ProblemException {@code invalid-request} when it is blank or too long
     */
    RequestKey checked() {
        if (text.isBlank() || text.codePointCount(0, text.length()) > LONGEST) {
            throw Arguments.invalid(field, "must have 1 to " + LONGEST + " characters");
        }
        return this;
    }

    /** The problem for a request that is repeated before the first one has ended. */
    Problem stillAtWork(KeptAnswers.Taken.AtWork atWork) {
        return Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        "The first request with this " + field + " is still in progress. Nothing was sent. Repeat the"
                                + " request later to get its answer.")
                .retryAfter(atWork.delay());
    }

    /** The problem for a key that another request has used. */
    Problem usedByAnother() {
        return Problem.invalidRequest(
                        field,
                        "was used for another request within the last day: use a different key for each request, and"
                                + " reuse a key only to repeat that request")
                .withStatus(UNPROCESSABLE);
    }

    /** The field, since the key is the caller's secret: who knows it gets the kept answer. */
    @Override
    public String toString() {
        return field;
    }
}
