package dev.bulkuserimport.rules;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of bulk requests in an import session: endpoint, body format and limits. The constants are in the order in which one import
 * sends them: people before the groups that they join, a group before its members, and no group is deleted before its last member has been
 * removed.
 *
 * <p>Sources: Okta's management API reference, "Identity Sources"; the order of groups and memberships is that of Okta's
 * Anything-as-a-Source guide.
 */
public enum BulkOperation {
    UPSERT_USERS(Kind.USERS, "bulk-upsert", "{\"entityType\":\"USERS\",\"profiles\":["),
    DELETE_USERS(Kind.USERS, "bulk-delete", "{\"entityType\":\"USERS\",\"profiles\":["),
    UPSERT_GROUPS(Kind.GROUPS, "bulk-groups-upsert", "{\"profiles\":["),
    UPSERT_MEMBERSHIPS(Kind.MEMBERSHIPS, "bulk-group-memberships-upsert", "{\"memberships\":["),
    DELETE_MEMBERSHIPS(Kind.MEMBERSHIPS, "bulk-group-memberships-delete", "{\"memberships\":["),
    DELETE_GROUPS(Kind.GROUPS, "bulk-groups-delete", "{\"externalIds\":[");

    /** The kind of items in a bulk request; named as in an answer's {@code kind}. */
    public enum Kind {
        USERS("users"),
        GROUPS("groups"),
        MEMBERSHIPS("memberships");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        /** @throws IllegalArgumentException for any other text */
        public static Kind labelled(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    private static final byte[] ENVELOPE_END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final Kind kind;
    private final String path;
    private final byte[] envelopeStart;

    BulkOperation(Kind kind, String path, String envelopeStart) {
        this.kind = kind;
        this.path = path;
        this.envelopeStart = envelopeStart.getBytes(StandardCharsets.US_ASCII);
    }

    public Kind kind() {
        return kind;
    }

    /** The endpoint below {@code …/sessions/{sessionId}/}. */
    public String path() {
        return path;
    }

    /** The text of a body before its first item. */
    public byte[] envelopeStart() {
        return envelopeStart.clone();
    }

    /** The text of a body after its last item. */
    public byte[] envelopeEnd() {
        return ENVELOPE_END.clone();
    }

    /** The bytes of a body other than its items and the commas between them. */
    public int envelopeBytes() {
        return envelopeStart.length + ENVELOPE_END.length;
    }

    /** The most items in one request: users, groups, or entries of a group and its members. */
    public int mostItems() {
        return OktaLimits.USERS_PER_REQUEST;
    }

    /** The most bytes of one request's items and the commas between them. */
    public int mostItemBytes() {
        return OktaLimits.BYTES_PER_REQUEST - envelopeBytes();
    }

    /**
     * The order in which an import sends its bulk requests. Deactivate &amp; Delete removes members from their groups, then deletes the
     * groups, then the people.
     */
    public static List<BulkOperation> order(ImportOperation operation) {
        return operation == ImportOperation.DEACTIVATE_AND_DELETE
                ? List.of(DELETE_MEMBERSHIPS, DELETE_GROUPS, DELETE_USERS)
                : List.of(values());
    }
}
