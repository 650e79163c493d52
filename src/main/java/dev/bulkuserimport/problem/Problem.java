package dev.bulkuserimport.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An RFC 9457 problem document.
 *
 * @param type what kind of failure
 * @param detail what is wrong, where, and what to do; never a profile value, a token or a key
 * @param recordsImported records in bulk requests that Okta accepted before the failure
 * @param more the type's own members, in the order in which they are written
 */
public record Problem(ProblemType type, String detail, int recordsImported, Map<String, Object> more) {

    /** The member that says, in seconds, when another attempt makes sense. Over HTTP it is the header {@code Retry-After} too. */
    public static final String RETRY_AFTER = "retryAfter";

    /** The member with the ranges of valid records that Okta did not certainly accept. */
    public static final String NOT_IMPORTED = "notImported";

    public Problem {
        more = new LinkedHashMap<>(more);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, 0, Map.of());
    }

    /** A problem that another attempt after {@code delay} may not meet again. */
    public static Problem unavailable(String detail, Duration delay) {
        return of(ProblemType.OKTA_UNAVAILABLE, detail)
                .with(RETRY_AFTER, Math.max(1, delay.plusMillis(999).toSeconds()));
    }

    /** The same problem with one more member; null values are left out. */
    public Problem with(String name, Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(name, value);
        return new Problem(type, detail, recordsImported, members);
    }

    /** The same problem of an import of which Okta accepted {@code imported} records. */
    public Problem withRecordsImported(int imported) {
        return new Problem(type, detail, imported, more);
    }

    /** The document, its members in a fixed order. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", type.urn());
        document.put("title", type.title());
        document.put("status", type.status());
        document.put("detail", detail);
        document.put("recordsImported", recordsImported);
        document.putAll(more);
        return document;
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }
}
