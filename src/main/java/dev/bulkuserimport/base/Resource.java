package dev.bulkuserimport.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A text that is part of the function. A native function has only what {@code quarkus.native.resources.includes} names. */
public final class Resource {

    private Resource() {}

    /** @param path its place, for example {@code /page/inspect.html}; the text is in UTF-8 */
    public static String text(String path) {
        try (InputStream in = Resource.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
