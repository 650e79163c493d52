package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;

/**
 * A limit on what a file may expand to. It counts the output (unpacked bytes, characters in cells), not the file's own size: a few
 * kilobytes can refer to the same text a million times.
 */
final class Allowance {

    private final long most;
    private long used;

    /** @param most the maximum of bytes or characters */
    Allowance(long most) {
        this.most = most;
    }

    /** @throws ProblemException {@code malformed-payload} when the limit is exceeded */
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
                                + " MB when it is unpacked, which is more than this function reads. Nothing was sent.")
                .exception();
    }
}
