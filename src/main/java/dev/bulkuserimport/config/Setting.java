package dev.bulkuserimport.config;

/**
 * The settings, named as their environment variables; each may also be given as a property. Okta's settings have the names that its SDKs
 * use.
 */
public enum Setting {
    /** The org's URL, {@code https://example.okta.com}; plain http only to a loopback address. */
    OKTA_CLIENT_ORGURL("okta.client.orgUrl"),
    /** {@code SSWS} (the default) for an API token, {@code PrivateKey} for an OAuth service app. */
    OKTA_CLIENT_AUTHORIZATIONMODE("okta.client.authorizationMode"),
    /** The API token, or the ARN of a secret that holds it. */
    OKTA_CLIENT_TOKEN("okta.client.token"),
    /** The OAuth service app's client ID. */
    OKTA_CLIENT_CLIENTID("okta.client.clientId"),
    /** The service app's private key: PEM text, a path, a JWK, or the ARN of a secret that holds one. */
    OKTA_CLIENT_PRIVATEKEY("okta.client.privateKey"),
    /** The ID of the public key in Okta; a JWK may contain it. */
    OKTA_CLIENT_KID("okta.client.kid"),
    /** The scopes to request, separated by spaces or commas; by default the minimum that a call needs. */
    OKTA_CLIENT_SCOPES("okta.client.scopes"),
    /** The most bulk requests in flight at once: 1 to 10, default 10. */
    IMPORT_PARALLEL_REQUESTS("import.parallel-requests"),
    /** What to do with an import that contains invalid records: {@code reject} it (the default), or {@code skip} them. */
    IMPORT_INVALID_USERS("import.invalid-users"),
    /** How many people one import may deactivate: a number, a percentage, both, or {@code none}. */
    IMPORT_MAX_DEACTIVATIONS("import.max-deactivations"),
    /** How many known people one snapshot may change: a number, a percentage, both, or {@code none} (the default). */
    IMPORT_MAX_CHANGES("import.max-changes"),
    /** How many deactivated people one file may reactivate; the same forms, {@code 500,5%} by default. */
    IMPORT_MAX_RETURNS("import.max-returns"),
    /** How many of its members one snapshot may take from each group; the same forms, {@code 50%} by default. */
    IMPORT_MAX_GROUP_REMOVALS("import.max-group-removals"),
    /** How many consecutive snapshots a person must be missing from to count as gone: 1 (the default) to 14. */
    IMPORT_LEAVER_GRACE("import.leaver-grace"),
    /** The application for files that don't name one. */
    IMPORT_APPLICATION_ID("import.application-id"),
    /** The operation for files that don't name one. */
    IMPORT_OPERATION("import.operation"),
    /** The bucket for reports; by default the bucket of the file. */
    IMPORT_REPORT_BUCKET("import.report-bucket"),
    /** HTTP callers must send it; may be the ARN of a secret. */
    IMPORT_WEBHOOK_SECRET("import.webhook-secret"),
    /** HTTP callers must sign with it; may be the ARN of a secret. */
    IMPORT_WEBHOOK_SIGNING_KEY("import.webhook-signing-key"),
    /** The name of the stack that the function belongs to: a dimension of its metrics. */
    IMPORT_STACK("import.stack"),
    /** How many hours a file's session is followed before its import ends as unconfirmed. */
    IMPORT_FOLLOW_HOURS("import.follow-hours"),
    /** How many days a file that a guard stops waits for a person's decision: 0 (the default) to 6. */
    IMPORT_DECISION_DAYS("import.decision-days"),
    /** The function that takes the decisions: its name, or {@code this} in that function, which then does nothing else. */
    IMPORT_DECIDE_FUNCTION("import.decide-function"),
    /** The URL of the HTTP API that takes the decisions. */
    IMPORT_DECIDE_URL("import.decide-url"),
    /** Whether {@code GET /} returns the page for inspecting a file. */
    IMPORT_PAGE("import.page");

    private final String property;

    Setting(String property) {
        this.property = property;
    }

    /** The property name; the environment variable has the constant's name. */
    public String property() {
        return property;
    }
}
