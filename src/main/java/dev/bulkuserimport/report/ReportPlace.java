package dev.bulkuserimport.report;

import dev.bulkuserimport.base.Sha256;
import dev.bulkuserimport.s3.BucketLayout;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.s3.ObjectVersion;
import java.nio.charset.StandardCharsets;

/**
 * The location of an object version's report and the files that accompany it.
 *
 * @param bucket the report bucket
 * @param key ends in {@code .json}
 */
public record ReportPlace(String bucket, String key) {

    /** The most bytes of a key in UTF-8. Source: "Creating object key names" in the S3 user guide. */
    private static final int LONGEST_KEY = 1024;

    private static final String JSON = ".json";

    /**
     * @param object whose version is known
     * @param bucket the report bucket, which may be the object's own
     */
    public static ReportPlace of(ObjectVersion object, String bucket) {
        String folder =
                bucket.equals(object.bucket()) ? BucketLayout.REPORTS : BucketLayout.REPORTS + object.bucket() + "/";
        return new ReportPlace(
                bucket, fitting(folder + object.key() + "." + object.version().orElseThrow(), JSON));
    }

    public ObjectPlace place() {
        return new ObjectPlace(bucket, key);
    }

    /** A file next to the report, for example its {@code .html}. */
    public ObjectPlace beside(String ending) {
        return new ObjectPlace(bucket, fitting(key.substring(0, key.length() - JSON.length()), ending));
    }

    public String url() {
        return place().url();
    }

    /** A key that is too long is shortened, and stays distinct from other keys shortened at the same point. */
    private static String fitting(String name, String ending) {
        String whole = name + ending;
        if (bytes(whole) <= LONGEST_KEY) {
            return whole;
        }
        String tail = "~" + Sha256.hex(whole) + ending;
        int most = LONGEST_KEY - bytes(tail);
        int length = 0;
        int end = 0;
        while (end < name.length()) {
            int character = name.codePointAt(end);
            int size = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (length + size > most) {
                break;
            }
            length += size;
            end += Character.charCount(character);
        }
        return name.substring(0, end) + tail;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
