package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.bulkuserimport.mapping.FileLayout;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.ImportOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file's content, unpacked, limited and decoded, and the import options from outside the file. It may be opened any number of times. */
final class FileContent {

    private final FileFormat format;
    private final ImportDefaults defaults;
    private final FileSource.Opener file;
    private final Set<String> remarks = new LinkedHashSet<>();

    FileContent(FileFormat format, ImportDefaults defaults, FileSource.Opener file) {
        this.format = format;
        this.defaults = defaults;
        this.file = file;
    }

    ImportDefaults defaults() {
        return defaults;
    }

    /** The options of its import, which come from outside the file. */
    ImportOptions options() {
        return new OptionsReader(defaults).options();
    }

    Optional<Mapping> mapping() {
        return defaults.mapping();
    }

    /** The mapping's options for the file. */
    FileLayout layout() {
        return defaults.mapping().map(Mapping::file).orElse(FileLayout.UNTOLD);
    }

    boolean gzipped() {
        return format.gzipped();
    }

    /** The most bytes that it may unpack to. */
    long most() {
        return defaults.sessionId().isPresent() ? FileSource.MAX_BYTES_OF_A_SESSION : FileSource.MAX_BYTES;
    }

    /** Remarks on how it was read, so far. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** Opens it at the first byte. */
    FileStart start() throws IOException {
        InputStream in = unpacked();
        try {
            FileStart start = new FileStart(in);
            format.format().otherThing(start.first(), start.length(), this).ifPresent(what -> {
                throw Malformed.whole(what);
            });
            return start;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** The same for a file that must not be empty. */
    FileStart filledStart() throws IOException {
        FileStart start = start();
        if (start.isEmpty()) {
            start.content().close();
            throw NoUsers.in("is empty");
        }
        return start;
    }

    /** The text encoding, determined by its first bytes, the mapping and its content. */
    TextEncoding encoding(FileStart start) throws IOException {
        Optional<Charset> named = layout().encoding();
        TextEncoding encoding = TextEncoding.of(start.first(), start.length(), named);
        if (!encoding.mayBeUtf8()) {
            return encoding;
        }
        try (InputStream in = unpacked()) {
            if (!TextEncoding.isUtf8Text(in)) {
                return encoding;
            }
        }
        remarks.add("The mapping specifies the encoding "
                + named.orElse(encoding.charset()).name()
                + " (file.encoding), but the file is UTF-8 and was read as UTF-8.");
        return TextEncoding.UTF_8;
    }

    JsonParser json(JsonFactory json) throws IOException {
        FileStart start = filledStart();
        TextEncoding encoding = encoding(start);
        InputStream content = start.contentAfter(encoding.markLength());
        return (encoding.isUtf8() ? json.createParser(content) : json.createParser(new FileText(content, encoding)))
                .enable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    private InputStream unpacked() throws IOException {
        InputStream in = file.open();
        return BoundedStream.ofFile(format.gzipped() ? new GzipStream(in) : in, most());
    }
}
