package dev.bulkuserimport.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.plan.ApplicationSchema;
import dev.bulkuserimport.plan.SessionPlanner;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a file of users as it streams in; memory does not depend on its size. */
public final class FileReader {

    /** Bytes of a file, unpacked. A session holds 10 MB; the rest is columns that a deactivation leaves out, and white space. */
    public static final long MAX_BYTES = 256_000_000;

    private final FileFormat format;
    private final ImportDefaults defaults;
    private final boolean skipInvalid;
    private final Function<String, ApplicationSchema> schemas;

    /** Opens the file at its beginning; asked again where a payload has to be read twice. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * @param format what the file's name says
     * @param defaults application, operation and session from beside the file
     * @param skipInvalid whether invalid records are left out instead of refusing all
     * @param schemas looks up an application's schema, when a payload asks for that check
     */
    public FileReader(
            FileFormat format,
            ImportDefaults defaults,
            boolean skipInvalid,
            Function<String, ApplicationSchema> schemas) {
        this.format = format;
        this.defaults = defaults;
        this.skipInvalid = skipInvalid;
        this.schemas = schemas;
    }

    /**
     * Reads and checks the whole file.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when the file is malformed, or something about the import is missing
     * @throws IOException when the file can't be read, which another attempt may mend
     */
    public ImportRequest read(Opener file) throws IOException {
        try {
            return switch (format.kind()) {
                case JSON -> new PayloadReader(defaults, skipInvalid, schemas).read(json -> parser(json, file));
                case NDJSON -> readLines(file);
                case CSV -> readCsv(file);
            };
        } catch (ZipException e) {
            throw JsonInput.malformed("The file is not gzip, or it is damaged", null);
        } catch (CharConversionException | CharacterCodingException e) {
            throw JsonInput.malformed("The file is not UTF-8", null);
        }
    }

    /** The file's text as bytes, unpacked and bounded. */
    public InputStream unpacked(Opener file) throws IOException {
        InputStream in = file.open();
        try {
            return new BoundedStream(format.gzipped() ? new GZIPInputStream(in, 64 * 1024) : in, MAX_BYTES);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private JsonParser parser(JsonFactory json, Opener file) throws IOException {
        return json.createParser(unpacked(file)).enable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    private ImportRequest readLines(Opener file) throws IOException {
        ImportOptions options = options();
        SessionPlanner planner = new SessionPlanner(options.operation(), skipInvalid, null);
        try (JsonParser json = parser(JsonInput.FACTORY, file)) {
            UserReader user = new UserReader(json, planner);
            while (json.nextToken() != null) {
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    throw JsonInput.malformed("Each line must be one user, an object", json.currentTokenLocation());
                }
                user.read(json.currentTokenLocation().getLineNr());
            }
        } catch (JsonProcessingException e) {
            throw JsonInput.malformed(e);
        }
        return new ImportRequest(options, planner.finish(options.usersPerPage()), planner.records());
    }

    private ImportRequest readCsv(Opener file) throws IOException {
        ImportOptions options = options();
        SessionPlanner planner = new SessionPlanner(options.operation(), skipInvalid, null);
        try (InputStream in = unpacked(file)) {
            CsvUsers.read(in, planner);
        }
        return new ImportRequest(options, planner.finish(options.usersPerPage()), planner.records());
    }

    private ImportOptions options() {
        return new OptionsReader(defaults).options();
    }
}
