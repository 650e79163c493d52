package dev.bulkuserimport.s3;

/**
 * The keys of the objects that this function itself writes. {@code infra/template.yaml} uses the same prefixes in its policies and
 * lifecycle rules.
 */
public final class BucketLayout {

    /** Reports and the objects that accompany them. */
    public static final String REPORTS = "reports/";

    /** The state of applications' people, and the answers kept for idempotency keys. No lifecycle rule deletes them. */
    public static final String STATE = "state/";

    /** What running imports need. Deleted when they end, or by a lifecycle rule. */
    public static final String WORK = "work/";

    /** The key of the seals of prepared sessions. Beside states, and under no name that an application's state has. */
    public static final String WORK_KEY = STATE + "keys/work.key";

    private static final String IDEMPOTENCY = STATE + "idempotency/";
    private static final String ORDER = STATE + "order/";
    private static final String QUEUE = WORK + "queue/";

    private BucketLayout() {}

    /** Whether an object is this function's own, and so never imported. */
    public static boolean isOwn(String key) {
        return key.startsWith(REPORTS) || key.startsWith(STATE) || key.startsWith(WORK);
    }

    /** The answer kept for the idempotency key with this hash. */
    public static String answer(String hash) {
        return IDEMPOTENCY + hash + ".json";
    }

    /** Which of an application's imported files is the newest. */
    public static String order(String app) {
        return ORDER + app + ".json";
    }

    /** The record of where an import's file is. */
    public static String source(String importId) {
        return WORK + importId + "/import.json";
    }

    /** The prepared requests of an import's session. */
    public static String session(String importId, int number) {
        return WORK + importId + "/session-" + number;
    }

    /** What was learned of when Okta takes an application's next session. */
    public static String pause(String app) {
        return WORK + "pauses/" + app + ".json";
    }

    /** The prefix of the tickets of files that are waiting for an application. */
    public static String queue(String app) {
        return QUEUE + app + "/";
    }
}
