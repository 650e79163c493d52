package dev.bulkuserimport.problem;

import java.util.Locale;

/** The kinds of failure, with the HTTP status and the title that the public interface defines for each. */
public enum ProblemType {
    MALFORMED_PAYLOAD(400, "The payload cannot be read"),
    INVALID_REQUEST(400, "The request is incomplete or wrong"),
    UNAUTHORIZED(401, "Not authorized"),
    NOT_FOUND(404, "No such route"),
    APPLICATION_NOT_FOUND(404, "Okta does not know the application"),
    SESSION_NOT_FOUND(404, "Okta does not know the import session"),
    METHOD_NOT_ALLOWED(405, "The route does not support this method"),
    SESSION_NOT_ACTIVE(409, "The import session accepts no more users"),
    SESSION_CONFLICT(409, "The import session's state does not allow this"),
    PAYLOAD_TOO_LARGE(413, "The payload is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The payload is not JSON"),
    INVALID_USERS(422, "Some users cannot be imported"),
    SESSION_LIMIT_EXCEEDED(422, "The users do not fit into one import session"),
    DEACTIVATION_LIMIT_EXCEEDED(422, "More deactivations than this function is allowed to send"),
    INTERNAL_ERROR(500, "The function failed"),
    OKTA_UNAUTHORIZED(502, "Okta refuses this function's credentials or scope"),
    OKTA_REJECTED(502, "Okta refuses a request"),
    OKTA_UNAVAILABLE(503, "Okta does not answer in time"),
    SECRET_UNAVAILABLE(503, "A secret cannot be read from where it is stored"),
    STORAGE_UNAVAILABLE(503, "S3 does not answer");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status of a problem of this type. */
    public int status() {
        return status;
    }

    /** The same short sentence for every problem of this type. */
    public String title() {
        return title;
    }

    /** The type's name as it appears in the URN, for example {@code invalid-users}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The problem's {@code type} member. */
    public String urn() {
        return "urn:bulk-user-import:problem:" + slug();
    }
}
