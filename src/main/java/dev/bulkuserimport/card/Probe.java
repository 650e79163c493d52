package dev.bulkuserimport.card;

import dev.bulkuserimport.okta.OktaProblems;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.util.Optional;

/**
 * The result of a call to Okta that only finds out whether it works.
 *
 * @param value what it found
 * @param failure why it found nothing
 */
record Probe<T>(Optional<T> value, Optional<Problem> failure) {

    /** A call to make. */
    interface Call<T> {
        T make();
    }

    static <T> Probe<T> of(Call<T> call) {
        try {
            return new Probe<>(Optional.of(call.make()), Optional.empty());
        } catch (ProblemException e) {
            return new Probe<>(Optional.empty(), Optional.of(e.problem()));
        }
    }

    /** Okta has no such application, which it reports only to callers with permission. */
    boolean isUnknown() {
        return failure.filter(problem -> problem.type() == ProblemType.APPLICATION_NOT_FOUND)
                .isPresent();
    }

    /** The application is inactive, which Okta reports only to callers with permission, too. */
    boolean isInactive() {
        return failure.filter(OktaProblems::isInactiveApplication).isPresent();
    }

    boolean allowed() {
        return value.isPresent() || isUnknown() || isInactive();
    }

    /** Whether Okta itself answered: a proxy's page has none of Okta's error codes. */
    boolean answered() {
        return allowed()
                || failure.filter(problem -> problem.more().containsKey("errorCode"))
                        .isPresent();
    }

    /** Whether the call was made: an unusable key, and a secret that can't be read, end it before. */
    boolean tried() {
        return answered()
                || failure.filter(problem -> problem.type() == ProblemType.OKTA_UNAVAILABLE
                                || problem.more().containsKey("oktaStatus"))
                        .isPresent();
    }
}
