package dev.bulkuserimport.upload;

import dev.bulkuserimport.problem.NotImported;
import java.util.Arrays;

/** What became of a bulk request. */
enum RequestOutcome {
    ACCEPTED,
    /** Okta answered, and did not accept it. */
    REJECTED,
    /** It was sent and no answer came, or none that says so: Okta may have accepted it. */
    UNKNOWN,
    NOT_SENT;

    /** The same, as it is reported of records that are not certainly in Okta. */
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
