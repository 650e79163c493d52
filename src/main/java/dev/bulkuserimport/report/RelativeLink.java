package dev.bulkuserimport.report;

import dev.bulkuserimport.base.PercentEncoding;

/** Relative links between objects in a bucket, so that they also work in a local copy of the bucket's folders. */
final class RelativeLink {

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
        return (up == 0 ? "./" : "../".repeat((int) up))
                + PercentEncoding.of(to.substring(common)).replace("%2F", "/");
    }
}
