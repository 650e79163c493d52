package dev.bulkuserimport.file;

import dev.bulkuserimport.problem.ProblemType;
import java.util.Optional;

/**
 * The error that ended the state machine's last step, if the step could not record it itself.
 *
 * @param name the error's name as Step Functions gives it, for example {@code States.Timeout}; at most 200 letters, digits, dots, dollars,
 *     hyphens and underscores are kept, because anything else could be someone's data
 * @param problem the problem that the name means; empty for an error that isn't from this function
 */
public record StepError(String name, Optional<ProblemType> problem) {

    private static final int LONGEST_NAME = 200;

    public StepError {
        name = name.replaceAll("[^A-Za-z0-9._$-]", "");
        name = name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }
}
