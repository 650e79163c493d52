package dev.bulkuserimport.upload;

import dev.bulkuserimport.okta.NextStep;
import dev.bulkuserimport.okta.Tried;

/** The attempts to send one bulk request. */
final class Attempt {

    private final int index;
    private Tried tried = Tried.NOTHING;
    private int sendings;
    private int credential;
    private int widthGeneration;
    private long sentAt;
    private long notBefore;
    private boolean inDoubt;

    /**
     * @param index the request's index in its plan
     * @param now a {@link System#nanoTime} value
     */
    Attempt(int index, long now) {
        this.index = index;
        this.notBefore = now;
    }

    int index() {
        return index;
    }

    /** The attempts so far; {@code newestCredential} is the number of credentials used so far. */
    Tried tried(int newestCredential) {
        return tried.withOlderCredential(credential < newestCredential);
    }

    /** The width's generation at the last attempt. */
    int widthGeneration() {
        return widthGeneration;
    }

    long sentAt() {
        return sentAt;
    }

    /** The earliest time at which it may be sent. */
    long notBefore() {
        return notBefore;
    }

    /** The answer doesn't show whether Okta has accepted it. */
    void doubt() {
        inDoubt = true;
    }

    /** Whether Okta may have accepted an earlier attempt. */
    boolean isInDoubt() {
        return inDoubt;
    }

    /** Records an attempt. True if it is not the first. */
    boolean send(long now, int withCredential, int atWidthGeneration) {
        sentAt = now;
        credential = withCredential;
        widthGeneration = atWidthGeneration;
        return sendings++ > 0;
    }

    /** Schedules a retry, at {@code earliest} or later. */
    void again(NextStep.Reason because, long earliest) {
        tried = tried.and(because);
        notBefore = earliest;
    }
}
