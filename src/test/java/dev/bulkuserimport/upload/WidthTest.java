package dev.bulkuserimport.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The width that finds itself, against an Okta in virtual time")
class WidthTest {

    private static final int REQUESTS = 50;

    /** How long Okta takes, in milliseconds; negative for a 429 after that time. */
    private interface Okta {
        double millis(int inFlight, Random random);
    }

    private static final Okta EVEN = (inFlight, random) -> 300;
    private static final Okta SCATTERED = (inFlight, random) -> 200 + 1_100 * random.nextDouble();

    /** Bulk requests, as seen live: 0.8 s more than a read, which takes 0.2 to 1.4 s. */
    private static final double BULK = 1_600;

    private static final Okta LIVE = (inFlight, random) -> BULK;
    private static final Okta LIVE_SCATTERED = (inFlight, random) -> 1_000 + 1_200 * random.nextDouble();

    private record Answer(double at, double took, int generation, boolean refused) {}

    /** What came of a load. */
    private record Load(double millis, List<Integer> widths, int refused) {

        /** The mean width over the last so many answers. */
        double settled(int last) {
            return widths.subList(widths.size() - last, widths.size()).stream()
                    .mapToInt(Integer::intValue)
                    .average()
                    .orElseThrow();
        }
    }

    private static Load load(Width width, int requests, Okta okta, long seed) {
        Random random = new Random(seed);
        PriorityQueue<Answer> out = new PriorityQueue<>((a, b) -> Double.compare(a.at, b.at));
        List<Integer> widths = new ArrayList<>();
        double now = 0;
        int left = requests;
        int refused = 0;
        while (left > 0 || !out.isEmpty()) {
            while (left > 0 && out.size() < width.now()) {
                double took = okta.millis(out.size() + 1, random);
                out.add(new Answer(now + Math.abs(took), Math.abs(took), width.generation(), took < 0));
                left--;
                width.sent(out.size());
            }
            Answer answer = out.remove();
            now = answer.at;
            if (answer.refused) {
                refused++;
                left++;
                width.throttled(answer.generation);
            } else {
                width.answered((long) (answer.took * 1_000_000), answer.generation);
            }
            widths.add(width.now());
        }
        return new Load(now, widths, refused);
    }

    /** Five at once from the beginning to the end. */
    private static double fixed(int requests, Okta okta, long seed) {
        return load(new Width(5, 5), requests, okta, seed).millis;
    }

    @Test
    @DisplayName("10,000 users take at most three quarters of the time of five at once cold, and three fifths warm")
    void gains() {
        Width cold = new Width(10, Width.START);
        double first = load(cold, REQUESTS, EVEN, 1).millis;
        assertThat(first).isLessThanOrEqualTo(0.75 * fixed(REQUESTS, EVEN, 1));
        assertThat(cold.now()).isEqualTo(10);
        double second = load(new Width(10, cold.now()), REQUESTS, EVEN, 1).millis;
        assertThat(second).isLessThanOrEqualTo(0.6 * fixed(REQUESTS, EVEN, 1));
    }

    @Test
    @DisplayName("an Okta whose times scatter as they do live is no reason to go slower")
    void scatter() {
        double cold = 0;
        double fixed = 0;
        for (int seed = 0; seed < 200; seed++) {
            cold += load(new Width(10, Width.START), REQUESTS, SCATTERED, seed).millis;
            fixed += fixed(REQUESTS, SCATTERED, seed);
        }
        assertThat(cold / fixed).isLessThan(0.75);
    }

    @Test
    @DisplayName("a full session takes hardly longer than ten requests at once would, with Okta's times as seen live")
    void floor() {
        double read = 800;
        double floor = read + 5 * BULK;
        assertThat((read + load(new Width(10, 10), REQUESTS, LIVE, 1).millis) / floor)
                .isLessThanOrEqualTo(1.1);
        assertThat((read + load(new Width(10, Width.START), REQUESTS, LIVE, 1).millis) / floor)
                .isLessThanOrEqualTo(1.25);
        double ten = 0;
        double cold = 0;
        for (int seed = 0; seed < 200; seed++) {
            ten += read + load(new Width(10, 10), REQUESTS, LIVE_SCATTERED, seed).millis;
            cold += read + load(new Width(10, Width.START), REQUESTS, LIVE_SCATTERED, seed).millis;
        }
        assertThat(cold / ten).isLessThan(1.25);
    }

    @Test
    @DisplayName("an Okta that gets slow above six at once is given about six")
    void slowAboveSix() {
        Okta cliff = (inFlight, random) -> (inFlight > 6 ? 900 : 300) * (0.95 + 0.1 * random.nextDouble());
        Load load = load(new Width(10, Width.START), 1_000, cliff, 3);
        assertThat(load.settled(800)).isBetween(5.0, 6.5);
        assertThat(load.settled(800)).isGreaterThan(5);
    }

    @Test
    @DisplayName("an Okta that only queues what is more than six is given about six")
    void queueAboveSix() {
        Okta queue = (inFlight, random) -> 300 * Math.max(1, inFlight / 6.0) * (0.98 + 0.04 * random.nextDouble());
        Load load = load(new Width(10, Width.START), 1_000, queue, 4);
        assertThat(load.settled(800)).isBetween(5.0, 7.5);
    }

    @Test
    @DisplayName("an Okta that refuses more than six at once is given about six, and refuses little")
    void refusesAboveSix() {
        Okta strict = (inFlight, random) -> inFlight > 6 ? -20 : 300;
        Load load = load(new Width(10, Width.START), 1_000, strict, 5);
        assertThat(load.settled(800)).isBetween(4.5, 6.5);
        assertThat(load.refused).isLessThan(50);
    }

    @Test
    @DisplayName("one 429 of several that were sent together makes it fall once, the next ones again, down to one")
    void falls() {
        Width width = new Width(10, 10);
        int together = width.generation();
        width.throttled(together);
        width.throttled(together);
        assertThat(width.now()).isEqualTo(7);
        for (int i = 0; i < 10; i++) {
            width.throttled(width.generation());
        }
        assertThat(width.now()).isEqualTo(1);
    }

    @Test
    @DisplayName("an Okta that is slower for good gets as much at once as before, after a while")
    void slowerForGood() {
        Width width = new Width(10, 10);
        load(width, 50, EVEN, 6);
        load(width, 400, (inFlight, random) -> 900, 7);
        assertThat(width.now()).isGreaterThanOrEqualTo(9);
    }

    @Test
    @DisplayName("stays within the configured most, and does not grow where it isn't used")
    void bounds() {
        assertThat(new Width(3, Width.START).now()).isEqualTo(3);
        Width unused = new Width(10, 5);
        for (int i = 0; i < 100; i++) {
            unused.sent(2);
            unused.answered(300_000_000, unused.generation());
        }
        assertThat(unused.now()).isEqualTo(5);
    }
}
