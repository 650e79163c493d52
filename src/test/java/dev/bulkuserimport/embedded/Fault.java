package dev.bulkuserimport.embedded;

import java.util.function.Predicate;

/**
 * Something that goes wrong with a request.
 *
 * @param kind what goes wrong
 * @param status the status of an answer that is none of Okta's rules
 * @param header a header of that answer, {@code Name: value}; null for none
 * @param matches which requests it may hit
 * @param skip matching requests that it lets pass first
 * @param times how many it hits then
 */
public record Fault(Kind kind, int status, String header, Predicate<String> matches, int skip, int times) {

    /** Where in a request's life it goes wrong. */
    public enum Kind {
        /** An error of Okta's own, without carrying anything out. */
        STATUS,
        /** A gateway's page, without carrying anything out. */
        HTML,
        /** 429 until a reset. */
        THROTTLE,
        /** 429 because of too many at once. */
        CONCURRENCY,
        /** The connection is reset, and nothing carried out. */
        RESET_BEFORE,
        /** It is carried out, then the connection is reset. */
        RESET_AFTER,
        /** Nothing is carried out, and nothing answered. */
        SILENCE_BEFORE,
        /** It is carried out, and nothing answered. */
        SILENCE_AFTER,
        /** It is carried out, and the answer comes a byte at a time. */
        DRIP,
        /** It is carried out, and the answer breaks off. */
        TRUNCATE,
        /** The session is closed under the request's feet. */
        CLOSE_SESSION
    }

    private static final Predicate<String> UPLOADS = path -> path.contains("/bulk-");

    /** Hits one bulk request. */
    public static Fault upload(Kind kind) {
        return new Fault(kind, 500, null, UPLOADS, 0, 1);
    }

    public static Fault status(int status) {
        return new Fault(Kind.STATUS, status, null, UPLOADS, 0, 1);
    }

    public Fault withHeader(String text) {
        return new Fault(kind, status, text, matches, skip, times);
    }

    public Fault withStatus(int code) {
        return new Fault(kind, code, header, matches, skip, times);
    }

    /** Hits requests whose method and path contain the text. */
    public Fault on(String text) {
        return new Fault(kind, status, header, path -> path.contains(text), skip, times);
    }

    public Fault after(int requests) {
        return new Fault(kind, status, header, matches, requests, times);
    }

    public Fault times(int count) {
        return new Fault(kind, status, header, matches, skip, count);
    }
}
