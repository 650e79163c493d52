package dev.bulkuserimport.event;

import dev.bulkuserimport.config.DecisionSettings;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * What this function does at all. Decisions about stopped files are taken by one function of a stack, which does nothing else, so that no
 * one can decide who may only import or upload files, and no one can import who may only decide.
 */
@Singleton
class OfferedActions {

    private final DecisionSettings decisions;

    OfferedActions(Settings settings) {
        this.decisions = settings.decisions();
    }

    /** @param action an operation; empty for an import */
    boolean include(Optional<Action> action) {
        return action.filter(Action.DECIDE::equals).isPresent() ? decisions.areTakenHere() : !decisions.only();
    }

    /** @throws ProblemException {@code not-found} for an operation that is another function's */
    void require(Optional<Action> action) {
        if (!include(action)) {
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "This function does not offer "
                                    + action.map(Action::id).orElse("imports") + ". Nothing was sent.")
                    .exception();
        }
    }
}
