package dev.bulkuserimport.source;

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
import java.util.List;

/** A file of users, read as a stream; memory use does not depend on its size. */
public final class FileSource {

    /** The most bytes of a file for one session, unpacked. A session holds 10 MB; the rest is columns that aren't sent, and white space. */
    public static final long MAX_BYTES_OF_A_SESSION = 256_000_000;

    /** The most bytes of a file without a session ID, unpacked. */
    public static final long MAX_BYTES = 1_000_000_000;

    private final Format format;
    private final FileContent content;

    /** Opens the file at its beginning; called again if it has to be read twice. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * @param format the format according to the file's name
     * @param defaults application, operation and session from outside the file
     * @param file opens the file
     */
    public FileSource(FileFormat format, ImportDefaults defaults, Opener file) {
        this.format = format.format();
        this.content = new FileContent(format, defaults, file);
    }

    /** The file's records. An {@link IOException} from reading them means that the file can't be read; another attempt may succeed. */
    public RecordSource records() {
        return new Decoded(format.records(content), content);
    }

    /** The file's contents, examined without importing it. */
    public FileScan scan() throws IOException {
        try {
            return format.scan(content);
        } catch (CharConversionException | CharacterCodingException e) {
            throw Malformed.whole("The file is not UTF-8");
        }
    }

    /** The extension of the file with this file's rejected rows, for example {@code .rejected.csv}. */
    public String rejectedEnding() {
        return format.rejectedForm().ending();
    }

    /** Its media type. */
    public String rejectedType() {
        return format.rejectedForm().mediaType();
    }

    /**
     * Writes the rejected records unchanged, each with its reasons.
     *
     * @param errors the reasons
     * @throws IOException if the file can't be read again, or {@code out} can't be written
     */
    public RejectedRows.Written writeRejected(List<RecordError> errors, OutputStream out) throws IOException {
        return format.writeRejected(content, errors, out);
    }

    /** Distinguishes invalid bytes from bytes that can't be read, and adds remarks about the file itself. */
    private record Decoded(RecordSource records, FileContent content) implements RecordSource {

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
                Reading reading = records.read(sink, schema);
                return reading instanceof Reading.Whole whole
                        ? new Reading.Whole(whole.options(), whole.notes().remarking(content.remarks()))
                        : reading;
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
