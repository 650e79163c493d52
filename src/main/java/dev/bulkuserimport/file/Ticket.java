package dev.bulkuserimport.file;

import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.s3.BucketLayout;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file's place among those of its application, which is also an object's name: names sort in import order.
 *
 * @param begun whether its import has begun, so that all others wait for it
 * @param millis the object's own time, since 1970
 * @param sequencer S3's order of the writes, hexadecimal in capitals; empty if unknown
 * @param hash of the import's ID
 */
record Ticket(boolean begun, long millis, String sequencer, String hash) {

    private static final String BEGUN = "begun";

    /** Sorts behind {@link #BEGUN}. */
    private static final String WAITING = "waiting";

    private static final Pattern NAME =
            Pattern.compile("(" + BEGUN + "|" + WAITING + ")-(\\d{13})-([0-9A-F]{0,64})-([0-9a-f]{32})");

    private static final Pattern SEQUENCER = Pattern.compile("[0-9A-F]{1,64}");

    /** Until the year 2286. */
    private static final long LATEST = 9_999_999_999_999L;

    static Ticket of(FileReport report, boolean begun) {
        Instant put = report.known().putAt().orElse(report.startedAt());
        String sequencer = report.source().sequencer().orElse("").toUpperCase(Locale.ROOT);
        return new Ticket(
                begun,
                Math.min(LATEST, Math.max(0, put.toEpochMilli())),
                SEQUENCER.matcher(sequencer).matches() ? sequencer : "",
                report.importId().hash());
    }

    /** Empty for a key that isn't a ticket of the application. */
    static Optional<Ticket> parse(String app, String key) {
        String folder = BucketLayout.queue(app);
        Matcher name = NAME.matcher(key.startsWith(folder) ? key.substring(folder.length()) : "");
        return name.matches()
                ? Optional.of(new Ticket(
                        name.group(1).equals(BEGUN), Long.parseLong(name.group(2)), name.group(3), name.group(4)))
                : Optional.empty();
    }

    /** A key behind those of all that have begun, and before those of all that wait. */
    static String behindBegun(String app) {
        return BucketLayout.queue(app) + WAITING;
    }

    String key(String app) {
        return BucketLayout.queue(app) + (begun ? BEGUN : WAITING) + "-" + place();
    }

    /**
     * The order among files, begun or not. What follows the sequencer sorts before each of its digits, so that a shorter one comes before
     * a longer one that begins with it.
     */
    private String place() {
        String time = String.valueOf(millis);
        return "0".repeat(13 - time.length()) + time + "-" + sequencer + "-" + hash;
    }

    boolean isOlderThan(Ticket other) {
        return place().compareTo(other.place()) < 0;
    }

    boolean isOfSameFile(Ticket other) {
        return hash.equals(other.hash);
    }
}
