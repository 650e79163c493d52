package dev.bulkuserimport.upload;

/**
 * The number of bulk requests in flight at once: as many as Okta handles without slowing down. It begins at five and rises while response
 * times stay constant; it falls immediately on a 429 or when they grow (additive increase, multiplicative decrease, as in TCP).
 *
 * <p>Response times are evaluated in rounds of as many answers as the width. A round is too slow when its mean exceeds the usual time by
 * more than a seventh, or when it uses up most of what the last increase should have gained: Okta is then only queuing the requests. Either
 * must be more than twice what chance explains, so that Okta's ordinary variation (0.2 to 1.3 s) is not taken for a signal. Modeled on
 * Netflix's concurrency-limits (Gradient2), which needs hundreds of answers to settle, while an import has fifty.
 *
 * <p>Not thread-safe; a run is confined to its invocation's thread.
 */
final class Width {

    /** According to Okta, even large loads rarely need more than 10 at once; half of that is a cautious start. */
    static final int START = 5;

    private static final double GROWN = 1.15;
    private static final double CHANCE = 2;

    /** Nanoseconds that a busy machine or network adds occasionally; smaller differences are ignored. */
    private static final double HICCUP = 25e6;

    /** The share of the expected gain in answers per second, compared with a smaller width, that must be achieved. */
    private static final double LEAST_GAIN = 0.3;

    private static final double FALL = 0.75;

    /** The number of good rounds just below a width that was too large, before it is tried again. */
    private static final int ROUNDS_BEFORE_TRYING_AGAIN = 8;

    private final int most;
    private int width;
    /** The width that was too large; unreachable as long as none was. */
    private int ceiling = Integer.MAX_VALUE;
    /** Counts the changes of width but the first rises: requests sent before the last change say nothing about the current width. */
    private int generation;

    private boolean everFell;
    private boolean used;
    private int calmRounds;
    private double usual;
    private double scatter;
    /** The mean response time at each width, in nanoseconds; 0 if unknown. */
    private final double[] timeAt;

    private int answers;
    private double sum;
    private double deviations;

    /**
     * @param most the configured maximum, at least 1
     * @param start the initial width, for example the one that an earlier run found
     */
    Width(int most, int start) {
        this.most = most;
        this.timeAt = new double[most + 1];
        this.width = Math.max(1, Math.min(most, start));
    }

    int now() {
        return width;
    }

    /** To be passed back with the answer to a request sent now. */
    int generation() {
        return generation;
    }

    /** Another request was sent, so that {@code inFlight} are in flight. */
    void sent(int inFlight) {
        used |= inFlight >= width;
    }

    /** Records the response time, in nanoseconds, of a request sent at {@code sentGeneration}. */
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

    /** Records a 429 for a request sent at {@code sentGeneration}: reduces the width, once for all requests sent together. */
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
        // A faster time is adopted immediately; a slower one becomes the usual time only gradually.
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

    /** Whether this width brings hardly more answers per second than the next smaller known width. */
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
        width = Math.min(most, width + step);
        if (everFell) {
            generation++;
        }
        // Before the first fall, what is still in flight counts too: an import has fifty answers, too few to wait for a
        // fresh round each time.
        newRound();
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
