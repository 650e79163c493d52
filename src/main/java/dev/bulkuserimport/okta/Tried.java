package dev.bulkuserimport.okta;

/**
 * What was tried with one call so far, without its last sending.
 *
 * @param faults sendings that ended in a fault
 * @param throttles sendings that ended in a 429
 * @param olderCredential whether the last sending carried a credential that has been replaced meanwhile
 */
public record Tried(int faults, int throttles, boolean olderCredential) {

    public static final Tried NOTHING = new Tried(0, 0, false);

    /** The same, and one sending more that ended for {@code reason}. */
    public Tried and(NextStep.Reason reason) {
        return switch (reason) {
            case WINDOW, CONCURRENCY -> new Tried(faults, throttles + 1, false);
            case FAULT -> new Tried(faults + 1, throttles, false);
            case NEWER_CREDENTIAL -> new Tried(faults, throttles, false);
        };
    }

    public Tried withOlderCredential(boolean older) {
        return new Tried(faults, throttles, older);
    }
}
