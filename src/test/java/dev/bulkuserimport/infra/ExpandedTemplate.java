package dev.bulkuserimport.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What {@code src/test/template/expand.py} made of {@code infra/template.yaml}: what CloudFormation really gets. */
final class ExpandedTemplate {

    private static final Path EXPANDED = Path.of("src", "test", "resources", "template", "expanded.json");

    private ExpandedTemplate() {}

    /**
     * The whole document.
     *
     * @throws IllegalStateException when the template has changed since
     */
    static JsonNode read() {
        try {
            JsonNode document = new ObjectMapper().readTree(Files.readString(EXPANDED));
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Template.PATH));
            if (!HexFormat.of().formatHex(hash).equals(document.path("sha256").asText())) {
                throw new IllegalStateException(
                        Template.PATH + " has changed: run src/test/template/expand.py, which says how");
            }
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A resource by its logical ID. */
    static JsonNode resource(String name) {
        return read().path("template").path("Resources").path(name);
    }
}
