package dev.bulkuserimport.okta;

/**
 * The earlier attempts of one call, without the last one.
 *
 * @param faults attempts that ended in a fault
 * @param throttles attempts that ended in a 429
 * @param olderCredential whether the last attempt used a credential that has been replaced since
 */
public record Tried(int faults, int throttles, boolean olderCredential) {

    public static final Tried NOTHING = new Tried(0, 0, false);

    /** The same with one more attempt, which ended for {@code reason}. */
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
