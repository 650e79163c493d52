package dev.bulkuserimport.event;

import dev.bulkuserimport.base.HmacSha256;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A request's signature: the hexadecimal HMAC-SHA256 of the content that {@link Version} defines.
 *
 * @param version what is signed
 * @param value the signature; empty if the request doesn't have a usable one
 * @param timestamp as it was sent
 * @param request the signed request
 */
record Signature(Version version, Optional<byte[]> value, String timestamp, HttpRequest request) {

    /** Contains the signing time, in seconds since 1970. */
    static final String TIMESTAMP = "X-Import-Timestamp";

    /** Contains {@code v1=} or {@code v2=} and the signature. */
    static final String SIGNATURE = "X-Import-Signature";

    /** A signature older or newer than this is a replay, or from a clock that is wrong. */
    static final long WINDOW_SECONDS = 300;

    private static final int PREFIX = 3;

    /** What is signed. */
    enum Version {
        /** Timestamp, a dot and body: accepted for one route only, since it could be replayed on another. */
        V1,
        /** Method, line feed, path with its query as the caller sent them, line feed, timestamp, line feed, body. */
        V2
    }

    /** A request's signature, checked as far as possible without the key. */
    static Signature of(HttpRequest request, Instant now, boolean signsBodyAlone) {
        String text = request.header(SIGNATURE).orElse("").strip();
        String timestamp = request.header(TIMESTAMP).orElse("").strip();
        boolean bodyAlone = text.startsWith("v1=");
        Version version = bodyAlone ? Version.V1 : Version.V2;
        boolean usable = isFresh(timestamp, now) && (bodyAlone ? signsBodyAlone : text.startsWith("v2="));
        return new Signature(version, usable ? parse(text.substring(PREFIX)) : Optional.empty(), timestamp, request);
    }

    /** Whether it was created with this key. */
    boolean isBy(String key) {
        if (value.isEmpty()) {
            return false;
        }
        List<String> signed = version == Version.V1
                ? List.of(timestamp + ".")
                : request.path().sent().stream()
                        .map(path -> request.method() + "\n" + path + "\n" + timestamp + "\n")
                        .toList();
        boolean found = false;
        for (String text : signed) {
            found |= hmac(key, text, request.body())
                    .filter(expected -> CallerCheck.isEqual(value.get(), expected))
                    .isPresent();
        }
        return found;
    }

    private static Optional<byte[]> parse(String hexadecimal) {
        try {
            return Optional.of(HexFormat.of().parseHex(hexadecimal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isFresh(String timestamp, Instant now) {
        try {
            long age = Math.subtractExact(now.getEpochSecond(), Long.parseLong(timestamp));
            return age <= WINDOW_SECONDS && age >= -WINDOW_SECONDS;
        } catch (NumberFormatException | ArithmeticException e) {
            return false;
        }
    }

    /** Empty if the body isn't valid Base64 although it claims to be: no signature can be right then. */
    private static Optional<byte[]> hmac(String key, String text, Optional<EmbeddedBody> body) {
        try {
            HmacSha256 hmac = new HmacSha256(key).update(text);
            if (body.isPresent()) {
                try (InputStream bytes = body.get().stream()) {
                    hmac.update(bytes);
                }
            }
            return Optional.of(hmac.digest());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
