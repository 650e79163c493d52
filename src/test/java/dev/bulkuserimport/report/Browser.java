package dev.bulkuserimport.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.support.NodePackages;
import java.io.IOException;
import java.nio.file.Path;

/** A real browser, driven by {@code src/test/node/pages.mjs}. Another than the usual one: {@code -Dbrowser=/usr/bin/chromium}. */
final class Browser {

    private Browser() {}

    /** What the browser saw of each page in a folder, wide and light, then on a phone and dark. */
    static JsonNode look(Path folder) throws IOException {
        return new ObjectMapper()
                .readTree(NodePackages.node(
                        "pages.mjs", folder.toAbsolutePath().toString(), System.getProperty("browser", "")));
    }
}
