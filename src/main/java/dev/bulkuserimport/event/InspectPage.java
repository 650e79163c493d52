package dev.bulkuserimport.event;

import dev.bulkuserimport.base.InlineSource;
import dev.bulkuserimport.base.Resource;
import dev.bulkuserimport.config.Settings;
import jakarta.inject.Singleton;

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
        String style = Resource.text("/page/inspect.css");
        String script = Resource.text("/page/elements.js") + Resource.text("/page/inspect.js");
        String page = Resource.text("/page/inspect.html")
                .replace("{style}", style)
                .replace("{script}", script)
                .replace("{signed}", String.valueOf(signed));
        return HttpAnswer.html(page)
                .with(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src " + InlineSource.of(style) + "; script-src "
                                + InlineSource.of(script)
                                + "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .with("Referrer-Policy", "no-referrer");
    }
}
