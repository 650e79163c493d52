package dev.bulkuserimport.upload;

import dev.bulkuserimport.okta.NextStep;
import dev.bulkuserimport.okta.Tried;

/** One bulk request's way through the sendings that it may need. */
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
     * @param index the request's, in its plan
     * @param now a {@link System#nanoTime} value
     */
    Attempt(int index, long now) {
        this.index = index;
        this.notBefore = now;
    }

    int index() {
        return index;
    }

    /** What was tried so far; {@code newestCredential} counts the credentials until now. */
    Tried tried(int newestCredential) {
        return tried.withOlderCredential(credential < newestCredential);
    }

    /** The width's generation at the last sending. */
    int widthGeneration() {
        return widthGeneration;
    }

    long sentAt() {
        return sentAt;
    }

    /** When it may be sent at the earliest. */
    long notBefore() {
        return notBefore;
    }

    /** An answer came that doesn't tell whether Okta has accepted it. */
    void doubt() {
        inDoubt = true;
    }

    /** Whether Okta may have accepted an earlier sending. */
    boolean isInDoubt() {
        return inDoubt;
    }

    /** It is sent. True when it is not the first time. */
    boolean send(long now, int withCredential, int atWidthGeneration) {
        sentAt = now;
        credential = withCredential;
        widthGeneration = atWidthGeneration;
        return sendings++ > 0;
    }

    /** It will be sent again, at {@code earliest} or later. */
    void again(NextStep.Reason because, long earliest) {
        tried = tried.and(because);
        notBefore = earliest;
    }
}
