package dev.bulkuserimport.base;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as in RFC 3986. */
public final class PercentEncoding {

    private PercentEncoding() {}

    /** The text in UTF-8 with only the RFC's unreserved characters as they are: letters, digits and {@code -._~}. */
    public static String of(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
