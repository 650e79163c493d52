package dev.bulkuserimport.s3;

/**
 * The keys of what this function itself writes into a bucket. {@code infra/template.yaml} names the same prefixes in its policies and
 * lifecycle rules.
 */
public final class BucketLayout {

    /** Reports, and the objects beside them. */
    public static final String REPORTS = "reports/";

    /** What is known of applications' people, and the answers that are kept for idempotency keys. Never deleted by a lifecycle rule. */
    public static final String STATE = "state/";

    /** What is needed while imports are under way. Deleted at their end, or by a lifecycle rule. */
    public static final String WORK = "work/";

    private static final String IDEMPOTENCY = STATE + "idempotency/";
    private static final String QUEUE = WORK + "queue/";

    private BucketLayout() {}

    /** Whether an object is this function's own, and so never imported. */
    public static boolean isOwn(String key) {
        return key.startsWith(REPORTS) || key.startsWith(STATE) || key.startsWith(WORK);
    }

    /** The answer that is kept for an idempotency key with this hash. */
    public static String answer(String hash) {
        return IDEMPOTENCY + hash + ".json";
    }

    /** Where an import's file is. */
    public static String source(String importId) {
        return WORK + importId + "/import.json";
    }

    /** The prepared requests of an import's session. */
    public static String session(String importId, int number) {
        return WORK + importId + "/session-" + number;
    }

    /** The tickets of the files that wait for an application: a prefix. */
    public static String queue(String app) {
        return QUEUE + app + "/";
    }
}
