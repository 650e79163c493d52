package dev.bulkuserimport.embedded;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Something that goes wrong with a request.
 *
 * @param kind what goes wrong
 * @param status the status of an answer that is none of Okta's rules
 * @param header headers of that answer, {@code Name: value}, one a line; null for none
 * @param matches which requests it may hit
 * @param skip matching requests that it lets pass first
 * @param times how many it hits then
 * @param contentType the type of a made-up answer; null for none
 * @param body the bytes of a made-up answer
 */
public record Fault(
        Kind kind,
        int status,
        String header,
        Predicate<String> matches,
        int skip,
        int times,
        String contentType,
        byte[] body) {

    /** Where in a request's life it goes wrong. */
    public enum Kind {
        /** An error of Okta's own, without carrying anything out. */
        STATUS,
        /** A gateway's page, without carrying anything out. */
        HTML,
        /** It is carried out, and a gateway's page is the answer. */
        HTML_AFTER,
        /** A made-up answer, without carrying anything out. */
        ANSWER,
        /** It is carried out, and a made-up answer given. */
        ANSWER_AFTER,
        /** A validation error whose sentences quote values of the request's first user, in every way that Okta has been seen to quote. */
        QUOTING,
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
        /** It is carried out, and the answer has no end: up to a gigabyte, as fast as it is taken. */
        FLOOD,
        /** The session is closed under the request's feet. */
        CLOSE_SESSION,
        /** The session expires under the request's feet. */
        EXPIRE_SESSION
    }

    private static final Predicate<String> UPLOADS = path -> path.contains("/bulk-");
    private static final byte[] EMPTY = {};

    public Fault(Kind kind, int status, String header, Predicate<String> matches, int skip, int times) {
        this(kind, status, header, matches, skip, times, null, EMPTY);
    }

    /** Hits one bulk request. */
    public static Fault upload(Kind kind) {
        return new Fault(kind, 500, null, UPLOADS, 0, 1);
    }

    public static Fault status(int status) {
        return new Fault(Kind.STATUS, status, null, UPLOADS, 0, 1);
    }

    /** A gateway's page with this status, which can be 202, 403 or 404 too. */
    public static Fault page(int status) {
        return new Fault(Kind.HTML, status, null, UPLOADS, 0, 1);
    }

    /** An error of Okta's with a code of its own: {@code E0000015} is a feature that is off. */
    public static Fault error(int status, String code, String summary) {
        OktaAnswer answer = OktaAnswer.error(status, code, summary);
        return answer(status, answer.contentType(), answer.body());
    }

    /** A made-up answer in place of Okta's. */
    public static Fault answer(int status, String contentType, String body) {
        return answer(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A made-up answer in place of Okta's, of any bytes; without a type where that is null. */
    public static Fault answer(int status, String contentType, byte[] body) {
        return new Fault(Kind.ANSWER, status, null, UPLOADS, 0, 1, contentType, body);
    }

    /** The made-up answer comes after the request was carried out. */
    public Fault carriedOut() {
        return with(kind == Kind.HTML ? Kind.HTML_AFTER : Kind.ANSWER_AFTER, status, header, matches, skip, times);
    }

    /** One more header of the answer, {@code Name: value}: also one that Okta sets itself, like Date. */
    public Fault withHeader(String text) {
        return with(kind, status, header == null ? text : header + "\n" + text, matches, skip, times);
    }

    /** Hits requests whose method and path are such. */
    public Fault on(Predicate<String> requests) {
        return with(kind, status, header, requests, skip, times);
    }

    public Fault withStatus(int code) {
        return with(kind, code, header, matches, skip, times);
    }

    /** Hits requests whose method and path contain the text. */
    public Fault on(String text) {
        return with(kind, status, header, path -> path.contains(text), skip, times);
    }

    public Fault after(int requests) {
        return with(kind, status, header, matches, requests, times);
    }

    public Fault times(int count) {
        return with(kind, status, header, matches, skip, count);
    }

    private Fault with(Kind newKind, int newStatus, String headers, Predicate<String> hits, int skipped, int newTimes) {
        return new Fault(newKind, newStatus, headers, hits, skipped, newTimes, contentType, body);
    }
}
