package dev.bulkuserimport.problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An RFC 9457 problem document. The members that the function itself acts on are typed; all others are only written.
 *
 * @param type the kind of failure
 * @param detail what is wrong, where, and how to fix it; never a profile value, a token or a key
 * @param recordsImported records in bulk requests that Okta accepted before the failure
 * @param retryAfter when another attempt makes sense; over HTTP also the header {@code Retry-After}
 * @param notImported the ranges of valid records that Okta may not have accepted; empty when nothing was sent
 * @param more the type's own members, in the order in which they are written; the function acts on none of them but
 *     {@link #status} and those that {@link #count} reads
 */
public record Problem(
        ProblemType type,
        String detail,
        int recordsImported,
        Optional<Duration> retryAfter,
        List<NotImported> notImported,
        Map<String, Object> more) {

    /** The longest wait that is reported to a caller, so that no answer from Okta can make one wait for years. */
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    /** How many errors of a request are listed; a longer list is no more useful, and may be too long for an answer. */
    public static final int LISTED_ERRORS = 100;

    /** Groups in bulk requests that Okta accepted; a member of an import of more than users. */
    public static final String GROUPS_IMPORTED = "groupsImported";

    /** Pairs of a group and a member in bulk requests that Okta accepted. */
    public static final String MEMBERSHIPS_IMPORTED = "membershipsImported";

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

    /** {@code invalid-request}, with what is wrong in one field; see {@link FieldError}. */
    public static Problem invalidRequest(String field, String message) {
        return invalidRequest(List.of(new FieldError(field, message)));
    }

    /**
     * {@code invalid-request}, with what is wrong in each field in its detail and in {@code errors}: at most the first 100, and their
     * total.
     */
    public static Problem invalidRequest(List<FieldError> errors) {
        return invalidRequest(errors, errors.size());
    }

    /** @param count the total, of which {@code errors} may be only the first */
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

    /** Okta does not answer; another attempt after {@code delay} may succeed. */
    public static Problem unavailable(String detail, Duration delay) {
        return of(ProblemType.OKTA_UNAVAILABLE, detail).retryAfter(delay);
    }

    /** A bug in this function. The log has the details under the request ID; the caller learns nothing about the internals. */
    public static Problem internalError(String detail, String requestId) {
        return of(ProblemType.INTERNAL_ERROR, detail).with("requestId", requestId);
    }

    /** The same problem, with the advice that another attempt after {@code delay} may succeed. */
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

    /** The same problem with one more member, if there is a value for it. */
    public Problem with(String name, Optional<?> value) {
        return value.isPresent() ? with(name, value.get()) : this;
    }

    /** The same problem with an HTTP status other than its type's. */
    public Problem withStatus(int status) {
        return with(STATUS, status);
    }

    /** The HTTP status: its type's, unless it has its own. */
    public int status() {
        return more.get(STATUS) instanceof Integer own ? own : type.status();
    }

    /** Whether Okta accepted anything before the failure, users, groups or memberships, or may have. */
    public boolean mayHaveImported() {
        return recordsImported > 0
                || count(GROUPS_IMPORTED) > 0
                || count(MEMBERSHIPS_IMPORTED) > 0
                || notImported.stream().anyMatch(range -> range.outcome() == NotImported.Outcome.UNKNOWN);
    }

    /** A number among the type's own members; 0 if there is none of this name. */
    public int count(String member) {
        return more.get(member) instanceof Number number ? number.intValue() : 0;
    }

    /** The same problem for an import of which Okta accepted {@code imported} records and possibly not the {@code rest}. */
    public Problem after(int imported, List<NotImported> rest) {
        return new Problem(type, detail, imported, retryAfter, rest, more);
    }

    /** The same failure, with one more sentence. */
    public Problem adding(String sentence) {
        return new Problem(type, detail + " " + sentence, recordsImported, retryAfter, notImported, more);
    }

    /** What this failure turned out to be, which no retry can fix; everything that is known about it stays. */
    public Problem as(ProblemType other, String why) {
        return new Problem(other, why, recordsImported, Optional.empty(), notImported, more);
    }

    /** The seconds until another attempt makes sense, rounded up. */
    public Optional<Long> retryAfterSeconds() {
        return retryAfter.map(delay -> delay.plusMillis(999).toSeconds());
    }

    /** The document, with its members in a fixed order. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(TYPE, type.urn());
        document.put(TITLE, type.title());
        document.put(STATUS, status());
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

    /** Reads a problem from its document; an unknown type becomes {@code internal-error}. */
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

    /** The same problem without a suggested retry. */
    public Problem withoutRetry() {
        return new Problem(type, detail, recordsImported, Optional.empty(), notImported, more);
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }
}
