package dev.bulkuserimport.okta;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The header {@code Link} (RFC 8288), read in a single pass, so that the cost is linear in its length. */
final class LinkHeader {

    private LinkHeader() {}

    /** Where a list continues. */
    sealed interface Next {

        /** On the page with this {@code after} parameter. */
        record Page(String after) implements Next {}

        /** Nowhere: this page is the last. */
        record None() implements Next {}

        /** On another page, but the header can't be parsed. */
        record Unreadable() implements Next {}
    }

    static Next next(Optional<String> header) {
        String text = header.orElse("");
        int at = 0;
        while (true) {
            int open = text.indexOf('<', at);
            int close = open < 0 ? -1 : text.indexOf('>', open);
            if (close < 0) {
                return new Next.None();
            }
            int end = endOfParameters(text, close + 1);
            if (isNext(text.substring(close + 1, end))) {
                return after(text.substring(open + 1, close));
            }
            at = end;
        }
    }

    /** The index of the comma that ends a link, outside quotes. */
    private static int endOfParameters(String text, int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static boolean isNext(String parameters) {
        for (String parameter : parameters.split("[;,]")) {
            String plain = parameter.strip().toLowerCase(Locale.ROOT);
            if (plain.startsWith("rel")) {
                String value = plain.substring(3).strip();
                return value.startsWith("=")
                        && value.substring(1).strip().replace("\"", "").equals("next");
            }
        }
        return false;
    }

    private static Next after(String url) {
        int query = url.indexOf('?');
        for (String parameter : url.substring(query + 1).split("&")) {
            if (parameter.startsWith("after=")) {
                try {
                    String token = URLDecoder.decode(parameter.substring(6), StandardCharsets.UTF_8);
                    return token.isEmpty() ? new Next.Unreadable() : new Next.Page(token);
                } catch (IllegalArgumentException e) {
                    return new Next.Unreadable();
                }
            }
        }
        return new Next.Unreadable();
    }
}
