package dev.bulkuserimport.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks the org's URL. Tokens and users are sent there, so only an https origin is accepted (http only to a loopback address, for tests).
 */
final class OrgUrl {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern ADMIN =
            Pattern.compile(".*-admin\\.((okta|oktapreview|okta-emea|okta-gov)\\.com|okta\\.mil)");
    private static final int MAX_PORT = 65_535;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private OrgUrl() {}

    /**
     * The URL in one form: without a trailing slash, in small letters, and without the scheme's own port. Okta compares the audience of an
     * assertion, and the URL in a proof, with its own.
     */
    static URI of(String text) {
        URI uri;
        try {
            uri = new URI(text.replaceAll(":?/*$", "").toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            throw wrong("is not a URL");
        }
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw wrong("must be only the org's URL, https://example.okta.com");
        }
        if (uri.getPath() != null && !uri.getPath().isEmpty()) {
            throw wrong("must not have a path: https://example.okta.com");
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw wrong("has an invalid port: it must be 1 to " + MAX_PORT);
        }
        boolean loopback = LOOPBACK.matcher(uri.getHost()).matches();
        if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && loopback)) {
            throw wrong("must begin with https:// (http:// only for a loopback address)");
        }
        if (ADMIN.matcher(uri.getHost()).matches()) {
            throw wrong("is the admin console's URL: leave out -admin");
        }
        boolean ownPort = uri.getPort() == (uri.getScheme().equals("https") ? HTTPS : HTTP);
        return ownPort ? URI.create(uri.getScheme() + "://" + uri.getHost()) : uri;
    }

    private static InvalidSettingException wrong(String what) {
        return new InvalidSettingException(Setting.OKTA_CLIENT_ORGURL, what);
    }
}
