package dev.bulkuserimport.report;

import java.nio.charset.StandardCharsets;

/** Relative links between objects in a bucket, so that they also work in a local copy of the bucket's folders. */
final class RelativeLink {

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    private static final String HEXADECIMAL = "0123456789ABCDEF";

    private RelativeLink() {}

    /** The link from the object {@code from} to the object {@code to}, usable as an {@code href}. */
    static String between(String from, String to) {
        int common = 0;
        for (int i = 0; i < Math.min(from.length(), to.length()) && from.charAt(i) == to.charAt(i); i++) {
            if (from.charAt(i) == '/') {
                common = i + 1;
            }
        }
        long up = from.substring(common)
                .chars()
                .filter(character -> character == '/')
                .count();
        // A first segment with a colon would be taken for a scheme.
        return (up == 0 ? "./" : "../".repeat((int) up)) + encoded(to.substring(common));
    }

    private static String encoded(String key) {
        StringBuilder encoded = new StringBuilder();
        for (byte part : key.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (part & 0xFF);
            if (PLAIN.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append('%')
                        .append(HEXADECIMAL.charAt(character >> 4))
                        .append(HEXADECIMAL.charAt(character & 15));
            }
        }
        return encoded.toString();
    }
}
