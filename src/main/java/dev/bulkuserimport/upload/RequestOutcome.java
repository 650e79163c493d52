package dev.bulkuserimport.upload;

import dev.bulkuserimport.problem.NotImported;
import java.util.Arrays;

/** The outcome of a bulk request. */
enum RequestOutcome {
    ACCEPTED,
    /** Okta answered, and did not accept it. */
    REJECTED,
    /** It was sent, but no conclusive answer arrived: Okta may have accepted it. */
    UNKNOWN,
    NOT_SENT;

    /** The outcome as reported for records that may not be in Okta. */
    NotImported.Outcome reported() {
        return switch (this) {
            case REJECTED -> NotImported.Outcome.REJECTED;
            case UNKNOWN -> NotImported.Outcome.UNKNOWN;
            case NOT_SENT -> NotImported.Outcome.NOT_SENT;
            case ACCEPTED -> throw new IllegalStateException("accepted");
        };
    }

    static RequestOutcome of(NotImported.Outcome outcome) {
        return Arrays.stream(values())
                .filter(one -> one != ACCEPTED && one.reported() == outcome)
                .findFirst()
                .orElseThrow();
    }
}
