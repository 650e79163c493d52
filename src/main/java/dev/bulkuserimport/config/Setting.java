package dev.bulkuserimport.config;

/** The settings, by the names of their environment variables; each may also be given as a property. Okta's own have its SDKs' names. */
public enum Setting {
    /** The org's URL, {@code https://example.okta.com}; plain http only to a loopback address. */
    OKTA_CLIENT_ORGURL("okta.client.orgUrl"),
    /** {@code SSWS} (the default) for an API token, {@code PrivateKey} for an OAuth service app. */
    OKTA_CLIENT_AUTHORIZATIONMODE("okta.client.authorizationMode"),
    /** The API token, or the ARN of a secret that holds it. */
    OKTA_CLIENT_TOKEN("okta.client.token"),
    /** The OAuth service app's client id. */
    OKTA_CLIENT_CLIENTID("okta.client.clientId"),
    /** The service app's private key: PEM text, a path, a JWK, or the ARN of a secret that holds one. */
    OKTA_CLIENT_PRIVATEKEY("okta.client.privateKey"),
    /** The id of the public key that Okta has; a JWK may bring its own. */
    OKTA_CLIENT_KID("okta.client.kid"),
    /** The scopes to ask for, separated by spaces or commas; without it the least that a call needs. */
    OKTA_CLIENT_SCOPES("okta.client.scopes"),
    /** Bulk requests in flight at once, at most: 1 to 10, default 10. */
    IMPORT_PARALLEL_REQUESTS("import.parallel-requests"),
    /** What to do with an import that holds invalid records: {@code reject} it (the default), or {@code skip} them. */
    IMPORT_INVALID_USERS("import.invalid-users"),
    /** How many people one import may deactivate: a number, a percentage, both, or {@code none}. */
    IMPORT_MAX_DEACTIVATIONS("import.max-deactivations"),
    /** How many known people one snapshot may change: a number, a percentage, both, or {@code none} (the default). */
    IMPORT_MAX_CHANGES("import.max-changes"),
    /** How many people who were deactivated one file may make active again; the same forms, {@code 500,5%} by default. */
    IMPORT_MAX_RETURNS("import.max-returns"),
    /** From how many snapshots in a row somebody must be missing to be gone: 1 (the default) to 14. */
    IMPORT_LEAVER_GRACE("import.leaver-grace"),
    /** The application of files that name none. */
    IMPORT_APPLICATION_ID("import.application-id"),
    /** The operation of files that name none. */
    IMPORT_OPERATION("import.operation"),
    /** The bucket for reports; without it they go where the file is. */
    IMPORT_REPORT_BUCKET("import.report-bucket"),
    /** HTTP callers must send it; may be the ARN of a secret. */
    IMPORT_WEBHOOK_SECRET("import.webhook-secret"),
    /** HTTP callers must sign with it; may be the ARN of a secret. */
    IMPORT_WEBHOOK_SIGNING_KEY("import.webhook-signing-key"),
    /** The name of the stack that the function belongs to: a dimension of its metrics. */
    IMPORT_STACK("import.stack"),
    /** How many hours Okta is asked about a session of a file before its import ends as unconfirmed. */
    IMPORT_FOLLOW_HOURS("import.follow-hours"),
    /** Whether {@code GET /} answers with the page on which a person looks at a file. */
    IMPORT_PAGE("import.page");

    private final String property;

    Setting(String property) {
        this.property = property;
    }

    /** The name as a property; as an environment variable it is the constant's own. */
    public String property() {
        return property;
    }
}
