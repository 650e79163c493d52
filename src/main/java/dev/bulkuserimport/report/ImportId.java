package dev.bulkuserimport.report;

import dev.bulkuserimport.base.Sha256;
import dev.bulkuserimport.s3.ObjectVersion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ID of a file's import, from which everything that belongs to it can be found. It is the same however often an object version is
 * planned.
 *
 * @param hash 32 hexadecimal digits that identify the object version
 * @param reportBucket where its report and its prepared sessions are
 */
public record ImportId(String hash, String reportBucket) {

    /** Source of the bucket's form: "General purpose bucket naming rules" in the S3 user guide. */
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{32})\\.([a-z0-9A-Z][a-z0-9A-Z._-]{1,254})");

    private static final int HASH_DIGITS = 32;

    public static ImportId of(ObjectVersion object, String reportBucket) {
        String whole =
                object.bucket() + "/" + object.key() + "/" + object.version().orElse("");
        return new ImportId(Sha256.hex(whole).substring(0, HASH_DIGITS), reportBucket);
    }

    /** Empty for anything that isn't an ID from this function. */
    public static Optional<ImportId> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new ImportId(form.group(1), form.group(2))) : Optional.empty();
    }

    /** The ID as it appears in answers. */
    @Override
    public String toString() {
        return hash + "." + reportBucket;
    }
}
