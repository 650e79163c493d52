package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import java.util.List;

/** The refusal of a file that holds no user: an empty export is a failed one, and nobody would notice. */
final class NoUsers {

    private NoUsers() {}

    /** @param what what the file has instead, for example {@code is a header row only} */
    static ProblemException in(String what) {
        return Problem.invalidRequest(List.of(new FieldError(
                        "users", "are missing: the file " + what + ". An empty export is a failed one: see why")))
                .exception();
    }
}
