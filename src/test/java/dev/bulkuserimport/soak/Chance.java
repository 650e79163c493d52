package dev.bulkuserimport.soak;

import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a seed decides for one invocation, so that each can be had again alone. */
final class Chance {

    private static final byte[] BREAKS_DECODERS = {0, 0, 0, 0x61, 0};

    private static final List<String> OKTAS_CALLS = List.of(
            "/bulk-", "/bulk-", "/bulk-", "/bulk-", "/sessions", "start-import", "GET ", "POST ", "DELETE ", "/users");

    private static final List<String> S3S_CALLS = List.of("PUT ", "GET ", "reports/", "imports/", "HEAD ", "DELETE ");

    private final Random random;

    private final List<String> arranged = new ArrayList<>();

    Chance(long seed, int number) {
        random = new Random(seed * 1_000_003 + number);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** What goes wrong, in words. */
    @Override
    public String toString() {
        return arranged.toString();
    }

    /** A time that an invocation has; little where a server may be silent. */
    Duration time() {
        return Duration.ofMillis(2_000 + random.nextInt(1_000));
    }

    /** None to three faults of Okta's. */
    void arrange(EmbeddedOkta okta) {
        for (int faults = Math.max(0, random.nextInt(5) - 1); faults > 0; faults--) {
            Fault fault = fault().after(random.nextInt(6)).times(1 + random.nextInt(2));
            String call = of(OKTAS_CALLS);
            // A 2xx with JSON to an upload that was not carried out can't be seen through by anybody.
            boolean lie = fault.kind() == Fault.Kind.ANSWER && fault.status() == 200;
            arranged.add(fault.kind() + " " + fault.status() + " on " + call + " after " + fault.skip() + " x"
                    + fault.times());
            okta.fault(fault.on(line -> line.contains(call) && !(lie && line.contains("/bulk-"))));
        }
    }

    private Fault fault() {
        long now = System.currentTimeMillis();
        return switch (random.nextInt(26)) {
            case 0, 1 -> Fault.status(500);
            case 2, 3 -> Fault.status(503);
            case 4 -> Fault.status(400);
            case 5 -> Fault.status(401);
            case 6 -> Fault.status(404);
            case 7 -> Fault.page(502);
            case 8 -> Fault.page(202);
            case 9 -> Fault.page(202).carriedOut();
            case 10 -> Fault.page(403);
            case 11 -> Fault.upload(Fault.Kind.CONCURRENCY);
            case 12 -> Fault.upload(Fault.Kind.THROTTLE);
            case 13, 14 -> Fault.upload(Fault.Kind.RESET_BEFORE);
            case 15, 16 -> Fault.upload(Fault.Kind.RESET_AFTER);
            case 17 -> Fault.upload(Fault.Kind.TRUNCATE);
            case 18 -> Fault.answer(400, "application/json", BREAKS_DECODERS);
            case 19 -> Fault.answer(503, "application/json", BREAKS_DECODERS).withHeader("Retry-After: " + now);
            case 20 -> Fault.status(429).withHeader("Retry-After: 9223372036854775807");
            case 21 -> Fault.status(429).withHeader("X-Rate-Limit-Reset: " + now);
            case 22 -> Fault.upload(Fault.Kind.QUOTING);
            case 23 -> Fault.error(403, "E0000015", "You do not have permission to access the feature");
            case 24 -> Fault.answer(200, "application/json", of(List.of("", "{}", "[1]", "<html>", "[{\"id\":1}]")));
            default -> rare();
        };
    }

    /** Those that take all of an invocation's time, or much memory. */
    private Fault rare() {
        return switch (random.nextInt(5)) {
            case 0 -> Fault.upload(Fault.Kind.SILENCE_BEFORE);
            case 1 -> Fault.upload(Fault.Kind.SILENCE_AFTER);
            case 2 -> Fault.upload(Fault.Kind.DRIP);
            case 3 -> Fault.upload(Fault.Kind.FLOOD).withStatus(202);
            default -> Fault.upload(Fault.Kind.CLOSE_SESSION).on("/bulk-");
        };
    }

    /** None to two faults of S3's. */
    void arrange(FaultyS3 door) {
        List<FaultyS3.Kind> kinds = FaultyS3.Kind.RANDOM;
        for (int faults = Math.max(0, random.nextInt(4) - 1); faults > 0; faults--) {
            FaultyS3.Kind kind = kinds.get(random.nextInt(kinds.size()));
            String call = of(S3S_CALLS);
            int skip = random.nextInt(8);
            int times = 1 + random.nextInt(2);
            arranged.add("S3 " + kind + " on " + call + " after " + skip + " x" + times);
            door.fault(kind, call, skip, times);
        }
    }

    /** Bytes with something cut off, swapped, doubled or changed. */
    byte[] damaged(byte[] bytes) {
        byte[] damaged = bytes.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && damaged.length > 1; changes--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(3)) {
                case 0 -> damaged[at] = (byte) random.nextInt();
                case 1 -> damaged = java.util.Arrays.copyOf(damaged, at + 1);
                default -> damaged[at] = damaged[random.nextInt(damaged.length)];
            }
        }
        return damaged;
    }
}
