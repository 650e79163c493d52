package dev.bulkuserimport.base;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A source in a page's Content-Security-Policy. */
public final class InlineSource {

    private InlineSource() {}

    /** The source that allows exactly this script or style, inline. */
    public static String of(String text) {
        byte[] hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }
}
