package dev.bulkuserimport.event;

import dev.bulkuserimport.config.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page for inspecting one's own file: a single document whose content security policy allows only its own script and style, and calls
 * only to this function. It contains no data, so it needs no authentication; its calls are authenticated like all others.
 */
@Singleton
class InspectPage {

    private final boolean offered;
    private final boolean signed;

    InspectPage(Settings settings) {
        offered = settings.offersPage();
        signed = settings.webhookSigningKey().isPresent();
    }

    /** Whether a request is for the page, and the page is enabled. */
    boolean answers(HttpRequest request) {
        return offered && request.method().equals("GET") && HttpRoute.isRoot(request);
    }

    HttpAnswer answer() {
        String style = resource("inspect.css");
        String script = resource("elements.js") + resource("inspect.js");
        String page = resource("inspect.html")
                .replace("{style}", style)
                .replace("{script}", script)
                .replace("{signed}", String.valueOf(signed));
        return HttpAnswer.html(page)
                .with(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src " + hash(style) + "; script-src " + hash(script)
                                + "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .with("Referrer-Policy", "no-referrer");
    }

    private static String resource(String name) {
        try (InputStream in = InspectPage.class.getResourceAsStream("/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("/page/" + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
