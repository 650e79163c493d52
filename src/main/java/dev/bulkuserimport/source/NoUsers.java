package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;

/** The refusal of a file without users: an empty export is a failed one, which would otherwise go unnoticed. */
final class NoUsers {

    private NoUsers() {}

    /** @param what what the file has instead, for example {@code is empty} */
    static ProblemException in(String what) {
        return Problem.invalidRequest(
                        "users",
                        "are missing: the file " + what + ". An empty export is a failed export: check why it is empty")
                .exception();
    }
}
