package dev.bulkuserimport.report;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The report as a single HTML file: styles and a small script are inline, its content security policy allows nothing else, and every value
 * is escaped. Creating an instance costs nothing; the template is read with the first page, so it doesn't slow down a cold start.
 */
public final class ReportPage {

    private ReportPage() {}

    /** The parts that are read once. */
    private static final class Parts {

        static final String STYLE = resource("page.css");
        static final String SCRIPT = resource("page.js");
        static final String POLICY = "default-src 'none'; style-src " + hash(STYLE) + "; script-src " + hash(SCRIPT)
                + "; base-uri 'none'; form-action 'none'";
        static final Template TEMPLATE = Engine.builder()
                .addDefaults()
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .build()
                .parse(resource("page.html"), Variant.forContentType(Variant.TEXT_HTML), "page");

        private Parts() {}
    }

    /**
     * The page of a report, in UTF-8.
     *
     * @param place the report's place
     * @param page the page's key in the same bucket, from which it links to the report, to the rejected rows and to the source
     */
    public static byte[] of(FileReport report, ReportPlace place, String page) {
        return of(ReportViewer.view(report, place, page));
    }

    /** The page, in UTF-8. */
    public static byte[] of(ReportView view) {
        return Parts.TEMPLATE
                .data("page", PageModel.of(view))
                .data("style", new RawString(Parts.STYLE))
                .data("script", new RawString(Parts.SCRIPT))
                .data("policy", Parts.POLICY)
                .render()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A source of a Content-Security-Policy that allows exactly this text, inline. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream("/report/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
