package dev.bulkuserimport.problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An RFC 9457 problem document. What the function itself decides by is typed; everything else is only written.
 *
 * @param type what kind of failure
 * @param detail what is wrong, where, and what to do; never a profile value, a token or a key
 * @param recordsImported records in bulk requests that Okta accepted before the failure
 * @param retryAfter when another attempt makes sense; over HTTP it is the header {@code Retry-After} too
 * @param notImported the ranges of valid records that Okta did not certainly accept; empty when nothing was sent
 * @param more the type's own members, in the order in which they are written; nothing decides by them
 */
public record Problem(
        ProblemType type,
        String detail,
        int recordsImported,
        Optional<Duration> retryAfter,
        List<NotImported> notImported,
        Map<String, Object> more) {

    /** The longest wait that a caller is told, so that no answer of Okta's can send one away for years. */
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    /** Errors of a request that are listed; a list that is longer is of no more use, and may be too long for an answer. */
    public static final int LISTED_ERRORS = 100;

    private static final String TYPE = "type";
    private static final String TITLE = "title";
    private static final String STATUS = "status";
    private static final String DETAIL = "detail";
    private static final String RECORDS_IMPORTED = "recordsImported";
    private static final String RETRY_AFTER = "retryAfter";
    private static final String NOT_IMPORTED = "notImported";
    private static final List<String> OWN_MEMBERS =
            List.of(TYPE, TITLE, STATUS, DETAIL, RECORDS_IMPORTED, RETRY_AFTER, NOT_IMPORTED);

    public Problem {
        notImported = List.copyOf(notImported);
        more = new LinkedHashMap<>(more);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, 0, Optional.empty(), List.of(), Map.of());
    }

    /** {@code invalid-request}, with what is wrong in each field as its detail and in {@code errors}: of many the first 100, and their count. */
    public static Problem invalidRequest(List<FieldError> errors) {
        return invalidRequest(errors, errors.size());
    }

    /** @param count how many there are, of which {@code errors} may be the first alone */
    public static Problem invalidRequest(List<FieldError> errors, int count) {
        List<String> sentences = new ArrayList<>();
        List<Map<String, Object>> listed = new ArrayList<>();
        for (FieldError error : errors.subList(0, Math.min(errors.size(), LISTED_ERRORS))) {
            sentences.add(error.field() + " " + error.message());
            listed.add(error.members());
        }
        String more = count > listed.size() ? "; and " + (count - listed.size()) + " more" : "";
        return of(ProblemType.INVALID_REQUEST, String.join("; ", sentences) + more + ". Nothing was sent.")
                .with("errors", listed)
                .with("errorsCount", Optional.of(count).filter(all -> all > listed.size()));
    }

    /** Okta does not answer, and another attempt after {@code delay} may not meet this again. */
    public static Problem unavailable(String detail, Duration delay) {
        return of(ProblemType.OKTA_UNAVAILABLE, detail).retryAfter(delay);
    }

    /** A bug of ours. The log says more of it under the request id, and must: the caller is told nothing of the inside. */
    public static Problem internalError(String detail, String requestId) {
        return of(ProblemType.INTERNAL_ERROR, detail).with("requestId", requestId);
    }

    /** The same problem, which another attempt after {@code delay} may not meet again. */
    public Problem retryAfter(Duration delay) {
        Duration least = delay.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : delay;
        Duration wait = least.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : least;
        return new Problem(type, detail, recordsImported, Optional.of(wait), notImported, more);
    }

    /** The same problem with one more member. */
    public Problem with(String name, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(name, value);
        return new Problem(type, detail, recordsImported, retryAfter, notImported, members);
    }

    /** The same problem with one more member, where there is a value for it. */
    public Problem with(String name, Optional<?> value) {
        return value.isPresent() ? with(name, value.get()) : this;
    }

    /** The same problem of an import of which Okta accepted {@code imported} records and not certainly the {@code rest}. */
    public Problem after(int imported, List<NotImported> rest) {
        return new Problem(type, detail, imported, retryAfter, rest, more);
    }

    /** The same failure, with one more sentence. */
    public Problem adding(String sentence) {
        return new Problem(type, detail + " " + sentence, recordsImported, retryAfter, notImported, more);
    }

    /** Whole seconds until another attempt makes sense, rounded up. */
    public Optional<Long> retryAfterSeconds() {
        return retryAfter.map(delay -> delay.plusMillis(999).toSeconds());
    }

    /** The document, its members in a fixed order. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(TYPE, type.urn());
        document.put(TITLE, type.title());
        document.put(STATUS, type.status());
        document.put(DETAIL, detail);
        document.put(RECORDS_IMPORTED, recordsImported);
        document.putAll(more);
        retryAfterSeconds().ifPresent(seconds -> document.put(RETRY_AFTER, seconds));
        if (!notImported.isEmpty()) {
            document.put(
                    NOT_IMPORTED, notImported.stream().map(NotImported::members).toList());
        }
        return document;
    }

    /** A problem from its document; a type that isn't known is {@code internal-error}. */
    public static Problem read(Map<String, Object> document) {
        Map<String, Object> more = new LinkedHashMap<>(document);
        OWN_MEMBERS.forEach(more::remove);
        ProblemType type = Arrays.stream(ProblemType.values())
                .filter(known -> known.urn().equals(document.get(TYPE)))
                .findFirst()
                .orElse(ProblemType.INTERNAL_ERROR);
        Optional<Duration> delay = document.get(RETRY_AFTER) instanceof Number seconds
                ? Optional.of(Duration.ofSeconds(seconds.longValue()))
                : Optional.empty();
        List<NotImported> ranges = new ArrayList<>();
        if (document.get(NOT_IMPORTED) instanceof List<?> listed) {
            listed.forEach(range -> NotImported.read(range).ifPresent(ranges::add));
        }
        int imported = document.get(RECORDS_IMPORTED) instanceof Number count ? count.intValue() : 0;
        return new Problem(type, String.valueOf(document.get(DETAIL)), imported, delay, ranges, more);
    }

    /** The same problem, which no attempt of its own follows. */
    public Problem withoutRetry() {
        return new Problem(type, detail, recordsImported, Optional.empty(), notImported, more);
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }
}
