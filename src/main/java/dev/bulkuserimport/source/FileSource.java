package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.problem.ProblemException;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file of users, read as it streams in; memory does not depend on its size. */
public final class FileSource {

    /** Bytes of a file, unpacked. A session holds 10 MB; the rest is columns that a deactivation leaves out, and white space. */
    public static final long MAX_BYTES = 256_000_000;

    private final FileFormat format;
    private final ImportDefaults defaults;
    private final Opener file;

    /** Opens the file at its beginning; asked again where a payload has to be read twice. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * @param format what the file's name says
     * @param defaults application, operation and session from beside the file
     * @param file where it is
     */
    public FileSource(FileFormat format, ImportDefaults defaults, Opener file) {
        this.format = format;
        this.defaults = defaults;
        this.file = file;
    }

    /** The file's records. An {@link IOException} from reading them means that the file can't be read, which another attempt may mend. */
    public RecordSource records() {
        RecordSource records =
                switch (format.kind()) {
                    case JSON -> new PayloadReader(json -> parser(json), defaults);
                    case NDJSON -> new WithoutFields(this::readLines);
                    case CSV -> new WithoutFields(this::readCsv);
                };
        return new Decoded(records);
    }

    /** The file's text as bytes, unpacked and bounded. */
    public InputStream unpacked() throws IOException {
        InputStream in = file.open();
        try {
            return new BoundedStream(format.gzipped() ? new GZIPInputStream(in, 64 * 1024) : in, MAX_BYTES);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private JsonParser parser(JsonFactory json) throws IOException {
        return json.createParser(unpacked()).enable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    private void readLines(RecordSink records) throws IOException {
        try (JsonParser json = parser(JsonInput.FACTORY)) {
            UserReader user = new UserReader(json, records);
            while (json.nextToken() != null) {
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    throw Malformed.json("Each line must be one user, an object", json.currentTokenLocation());
                }
                user.read(json.currentTokenLocation().getLineNr());
            }
        } catch (JsonProcessingException e) {
            throw Malformed.json(e);
        }
    }

    private void readCsv(RecordSink records) throws IOException {
        try (InputStream in = unpacked()) {
            CsvUsers.read(in, records);
        }
    }

    /** Reads all records of a file that has no fields beside them. */
    @FunctionalInterface
    private interface Lines {
        void read(RecordSink records) throws IOException;
    }

    /** A file that says nothing about its import: everything comes from beside it. */
    private final class WithoutFields implements RecordSource {
        private final Lines lines;
        private final ImportOptions options = new OptionsReader(defaults).options();

        WithoutFields(Lines lines) {
            this.lines = lines;
        }

        @Override
        public Preface preface() {
            return new Preface(
                    options.operation(), Optional.of(options.applicationId()), false, options.usersPerPage());
        }

        @Override
        public Reading read(RecordSink records) throws IOException {
            lines.read(records);
            return new Reading.Whole(options);
        }
    }

    /** Tells bytes that are wrong from bytes that can't be had. */
    private record Decoded(RecordSource records) implements RecordSource {

        @Override
        public Preface preface() throws IOException {
            try {
                return records.preface();
            } catch (ZipException | EOFException | CharConversionException | CharacterCodingException e) {
                throw malformed(e);
            }
        }

        @Override
        public Reading read(RecordSink sink) throws IOException {
            try {
                return records.read(sink);
            } catch (ZipException | EOFException | CharConversionException | CharacterCodingException e) {
                throw malformed(e);
            }
        }

        private static ProblemException malformed(IOException cause) {
            if (cause instanceof ZipException) {
                return Malformed.whole("The file is not gzip, or it is damaged");
            }
            return Malformed.whole(
                    cause instanceof EOFException ? "The gzip file was cut off" : "The file is not UTF-8");
        }
    }
}
