package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;

/**
 * How much may be made of a file. What counts is what comes out (unpacked bytes, the characters of cells) and not what the file is: a few
 * kilobytes can refer to the same text a million times.
 */
final class Allowance {

    private final long most;
    private long used;

    /** @param most bytes or characters */
    Allowance(long most) {
        this.most = most;
    }

    /** @throws ProblemException {@code malformed-payload} when more is taken than there is */
    void take(long count) {
        used += count;
        if (used > most) {
            throw exceeded(most);
        }
    }

    static ProblemException exceeded(long most) {
        return Problem.of(
                        ProblemType.MALFORMED_PAYLOAD,
                        "The file has more than " + most / 1_000_000
                                + " MB when it is unpacked, more than this function reads. Nothing was sent.")
                .exception();
    }
}
