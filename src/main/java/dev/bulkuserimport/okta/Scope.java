package dev.bulkuserimport.okta;

/**
 * The OAuth scopes that an operation may need; an import of users needs only {@link #IDENTITY_SOURCES_MANAGE} and the matching read scope.
 */
public enum Scope {
    IDENTITY_SOURCES_MANAGE("okta.identitySources.manage"),
    IDENTITY_SOURCES_READ("okta.identitySources.read"),
    APPS_READ("okta.apps.read"),
    SCHEMAS_READ("okta.schemas.read");

    private final String value;

    Scope(String value) {
        this.value = value;
    }

    /** The scope as Okta writes it. */
    public String value() {
        return value;
    }
}
