package dev.bulkuserimport.s3;

import java.util.HexFormat;

/** Where an object is or will be. */
public record ObjectPlace(String bucket, String key) {

    private static final char LINE_SEPARATOR = 0x2028;
    private static final char PARAGRAPH_SEPARATOR = 0x2029;

    /** The object as people write it, and as it appears in answers. */
    public String url() {
        return "s3://" + bucket + "/" + key;
    }

    /** The same for a message or a log line: a line break in the key must not split it. */
    public String shown() {
        StringBuilder shown = new StringBuilder("s3://").append(bucket).append('/');
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (Character.isISOControl(c) || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR) {
                shown.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}
