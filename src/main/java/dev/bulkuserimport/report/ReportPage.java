package dev.bulkuserimport.report;

import dev.bulkuserimport.base.InlineSource;
import dev.bulkuserimport.base.Resource;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The report as a single HTML file: styles and a small script are inline, its content security policy allows nothing else, and every value
 * is escaped. Creating an instance costs nothing; the template is read with the first page, so it doesn't slow down a cold start.
 */
public final class ReportPage {

    private ReportPage() {}

    /** The parts that are read once. */
    private static final class Parts {

        static final String STYLE = Resource.text("/report/page.css");
        static final String SCRIPT = Resource.text("/report/page.js");
        static final String POLICY = "default-src 'none'; style-src " + InlineSource.of(STYLE) + "; script-src "
                + InlineSource.of(SCRIPT) + "; base-uri 'none'; form-action 'none'";
        static final Template TEMPLATE = Engine.builder()
                .addDefaults()
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .build()
                .parse(Resource.text("/report/page.html"), Variant.forContentType(Variant.TEXT_HTML), "page");

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
}
