package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.mapping.FileLayout;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A file of users, read as it streams in; memory does not depend on its size. */
public final class FileSource {

    /** Bytes of a file for one session, unpacked. A session holds 10 MB; the rest is columns that aren't sent, and white space. */
    public static final long MAX_BYTES_OF_A_SESSION = 256_000_000;

    /** Bytes of a file without a session of its own, unpacked. */
    public static final long MAX_BYTES = 1_000_000_000;

    private final FileFormat format;
    private final ImportDefaults defaults;
    private final Opener file;

    /** Opens the file at its beginning; asked again where it has to be read twice. */
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
        return new Decoded(
                switch (format.kind()) {
                    case JSON -> new PayloadReader(this::parser, defaults);
                    case NDJSON ->
                        new LinesSource(new OptionsReader(defaults).options(), defaults.mapping(), this::parser);
                    case CSV -> new TableSource(new OptionsReader(defaults).options(), defaults.mapping(), this::csv);
                    case XLSX -> new TableSource(new OptionsReader(defaults).options(), defaults.mapping(), this::xlsx);
                });
    }

    /** The ending of a file of rejected rows of this file, for example {@code .rejected.csv}. */
    public String rejectedEnding() {
        return isTable() ? ".rejected.csv" : ".rejected.ndjson";
    }

    /** Its media type. */
    public String rejectedType() {
        return isTable() ? "text/csv; charset=utf-8" : "application/x-ndjson";
    }

    /**
     * Writes the records that were rejected, as they stand in the file, each with its reasons.
     *
     * @param errors the reasons
     * @throws IOException when the file can't be read again, or {@code out} can't be written
     */
    public RejectedRows.Written writeRejected(List<RecordError> errors, OutputStream out) throws IOException {
        if (!isTable()) {
            try (JsonParser json = parser(JsonInput.FACTORY)) {
                return new RejectedObjects(
                                json, out, new UsersPath(form().list().orElse(PayloadReader.USERS)))
                        .write(errors, format.kind() == FileFormat.Kind.NDJSON);
            }
        }
        try (Table rows = table(TableSource.wanted(defaults.mapping())).rows()) {
            char separator = rows.separator().or(form()::separator).orElse(',');
            RejectedRows.Opening opening = new RejectedRows.Opening(
                    form().skipLines(), separator, CsvOpening.mustBeTold(separator, form().separator()));
            return RejectedRows.write(rows, opening, RejectedRows.reasons(errors, true), out);
        }
    }

    /** The table with its cells untouched. */
    private TableSource.OpenTable table(Predicate<String> wanted) throws IOException {
        return format.kind() == FileFormat.Kind.XLSX ? xlsx(wanted, false) : csv(wanted, false);
    }

    private boolean isTable() {
        return format.kind() == FileFormat.Kind.CSV || format.kind() == FileFormat.Kind.XLSX;
    }

    /** The file's bytes, unpacked and bounded. */
    public InputStream unpacked() throws IOException {
        InputStream in = file.open();
        long most = defaults.sessionId().isPresent() ? MAX_BYTES_OF_A_SESSION : MAX_BYTES;
        return BoundedStream.ofFile(format.gzipped() ? new GzipStream(in) : in, most);
    }

    private TableSource.OpenTable csv(Predicate<String> wanted, boolean trims) throws IOException {
        FileStart start = text();
        TextEncoding encoding = TextEncoding.of(start.first(), start.length(), namedEncoding());
        FileText text = new FileText(start.contentAfter(encoding.markLength()), encoding);
        return new TableSource.OpenTable(
                new CsvOpening(text, wanted).open(form().skipLines(), form().separator(), trims),
                Optional.of(encoding.charset().name()));
    }

    private TableSource.OpenTable xlsx(Predicate<String> wanted, boolean trims) throws IOException {
        FileStart start = new FileStart(unpacked());
        if (start.isEmpty()) {
            start.content().close();
            throw NoUsers.in("is empty");
        }
        Optional<String> other = OtherThing.insteadOfSpreadsheet(start.first(), start.length());
        if (other.isPresent()) {
            start.content().close();
            throw Malformed.whole(other.get());
        }
        return new TableSource.OpenTable(
                XlsxTable.open(start.content(), form().sheet(), form().skipLines(), trims), Optional.empty());
    }

    private JsonParser parser(JsonFactory json) throws IOException {
        FileStart start = text();
        if (start.isEmpty()) {
            start.content().close();
            throw NoUsers.in("is empty");
        }
        TextEncoding encoding = TextEncoding.of(start.first(), start.length(), namedEncoding());
        InputStream content = start.contentAfter(encoding.markLength());
        return (encoding.isUtf8() ? json.createParser(content) : json.createParser(new FileText(content, encoding)))
                .enable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    private FileStart text() throws IOException {
        InputStream in = unpacked();
        try {
            FileStart start = new FileStart(in);
            OtherThing.insteadOfText(start.first(), start.length(), format, namedEncoding())
                    .ifPresent(what -> {
                        throw Malformed.whole(what);
                    });
            return start;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private Optional<Charset> namedEncoding() {
        return form().encoding();
    }

    private FileLayout form() {
        return defaults.mapping().map(Mapping::file).orElse(FileLayout.UNTOLD);
    }

    /** Tells bytes that are wrong from bytes that can't be had. */
    private record Decoded(RecordSource records) implements RecordSource {

        @Override
        public Preface preface() throws IOException {
            try {
                return records.preface();
            } catch (CharConversionException | CharacterCodingException e) {
                throw Malformed.whole("The file is not UTF-8");
            }
        }

        @Override
        public Preface again() throws IOException {
            return records.again();
        }

        @Override
        public Reading read(RecordSink sink, SchemaKnowledge schema) throws IOException {
            try {
                return records.read(sink, schema);
            } catch (CharConversionException | CharacterCodingException e) {
                throw Malformed.whole("The file is not UTF-8");
            }
        }

        @Override
        public void close() throws IOException {
            records.close();
        }
    }
}
