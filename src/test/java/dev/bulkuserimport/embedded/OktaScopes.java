package dev.bulkuserimport.embedded;

/** The scope that each call needs. */
final class OktaScopes {

    private OktaScopes() {}

    static String needed(String method, String path) {
        if (path.startsWith("/api/v1/apps")) {
            return "okta.apps.read";
        }
        if (path.startsWith("/api/v1/meta/schemas")) {
            return "okta.schemas.read";
        }
        return method.equals("GET") ? "okta.identitySources.read" : "okta.identitySources.manage";
    }
}
