package dev.bulkuserimport.upload;

/**
 * How many bulk requests are in flight at once: as many as Okta takes without slowing down. It begins at five and rises while the times to
 * answer stay what they were; it falls at once on a 429 or when they grow (additive up, multiplicative down, as TCP does it).
 *
 * <p>Times are judged in rounds, of as many answers as fit at once. A round is too slow when its mean exceeds the usual time by more than a
 * seventh, or when it eats up most of what the last step up should have gained: Okta then only lets the requests queue. Either has to be
 * more than twice what chance explains, so that Okta's ordinary scatter (0.2 to 1.3 s) is not taken for a sign. Netflix's
 * concurrency-limits (Gradient2) was the model; it needs hundreds of answers to settle, and an import has fifty.
 *
 * <p>Not thread-safe; a run is confined to its invocation's thread.
 */
final class Width {

    /** Okta: even large loads rarely need more than 10 at once; half of that is a cautious start. */
    static final int START = 5;

    private static final double GROWN = 1.15;
    private static final double CHANCE = 2;

    /** Nanoseconds that a busy machine or a network adds now and then; nothing is concluded from less. */
    private static final double HICCUP = 25e6;

    /** The part of the gain in answers a second, beside a narrower width, that must really come. */
    private static final double LEAST_GAIN = 0.3;

    private static final double FALL = 0.75;

    /** Calm rounds just below a width that was too much, before it is tried again. */
    private static final int ROUNDS_BEFORE_TRYING_AGAIN = 8;

    private final int most;
    private int width;
    /** The width that was too much; unreachable as long as none was. */
    private int ceiling = Integer.MAX_VALUE;
    /** Counts the changes of width: what was sent before the last one says nothing about the present one. */
    private int generation;

    private boolean everFell;
    private boolean used;
    private int calmRounds;
    private double usual;
    private double scatter;
    /** The mean time at each width, in nanoseconds; 0 where it is not known. */
    private final double[] timeAt;

    private int answers;
    private double sum;
    private double deviations;

    /**
     * @param most the configured most, from 1
     * @param start where to begin, for example the width that an earlier run found
     */
    Width(int most, int start) {
        this.most = most;
        this.timeAt = new double[most + 1];
        this.width = Math.max(1, Math.min(most, start));
    }

    int now() {
        return width;
    }

    /** To be handed back with the answer of what is sent now. */
    int generation() {
        return generation;
    }

    /** One more was sent, so that {@code inFlight} are. */
    void sent(int inFlight) {
        used |= inFlight >= width;
    }

    /** Okta took so many nanoseconds to answer something that was sent at {@code sentGeneration}. */
    void answered(long nanos, int sentGeneration) {
        if (sentGeneration != generation) {
            return;
        }
        double usualSoFar = usual > 0 ? usual : nanos;
        answers++;
        sum += nanos;
        deviations += Math.abs(nanos - usualSoFar);
        if (answers >= width) {
            endRound();
        }
    }

    /** A 429 to something that was sent at {@code sentGeneration}: fewer, once for all that were sent together. */
    void throttled(int sentGeneration) {
        if (sentGeneration == generation) {
            fall();
        }
    }

    private void endRound() {
        double mean = sum / answers;
        double deviation = deviations / answers;
        boolean first = usual == 0;
        boolean tooSlow = !first && (isSlowerThanUsual(mean) || isIdleGrowth(mean));
        // Quicker is believed at once; slower becomes the usual time only slowly.
        usual = first ? mean : usual + (mean < usual ? 0.5 : tooSlow ? 0.3 : 0.1) * (mean - usual);
        scatter = first ? deviation : tooSlow ? scatter : scatter + 0.3 * (deviation - scatter);
        timeAt[width] = timeAt[width] == 0 ? mean : 0.5 * (timeAt[width] + mean);
        boolean full = used;
        newRound();
        if (tooSlow) {
            fall();
        } else if (full) {
            rise();
        }
    }

    private boolean isSlowerThanUsual(double mean) {
        return mean > Math.max(GROWN * usual, usual + HICCUP) + CHANCE * scatter / Math.sqrt(answers);
    }

    /** Whether more at once bring hardly more answers a second than the next narrower width that is known. */
    private boolean isIdleGrowth(double mean) {
        int narrower = width - 1;
        while (narrower > 0 && timeAt[narrower] == 0) {
            narrower--;
        }
        if (narrower == 0) {
            return false;
        }
        double wider = (double) width / narrower;
        double tolerated = timeAt[narrower] * wider / (1 + LEAST_GAIN * (wider - 1));
        return mean
                > Math.max(tolerated, timeAt[narrower] + HICCUP)
                        + CHANCE * scatter * Math.sqrt(1.0 / width + 1.0 / narrower);
    }

    private void rise() {
        if (width >= most) {
            return;
        }
        if (width + 1 >= ceiling) {
            if (++calmRounds < ROUNDS_BEFORE_TRYING_AGAIN) {
                return;
            }
            ceiling++;
        }
        calmRounds = 0;
        int step = everFell ? 1 : Math.max(1, width / 2);
        change(Math.min(most, width + step));
    }

    private void fall() {
        everFell = true;
        calmRounds = 0;
        if (width > 1) {
            ceiling = width;
        }
        change(Math.max(1, (int) (width * FALL)));
    }

    private void change(int to) {
        width = to;
        generation++;
        newRound();
    }

    private void newRound() {
        answers = 0;
        sum = 0;
        deviations = 0;
        used = false;
    }
}
