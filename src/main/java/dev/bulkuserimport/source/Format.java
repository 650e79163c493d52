package dev.bulkuserimport.source;

import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.RecordSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * A format in which files of users come. It answers for itself: by which names it is recognized, what a file of another kind is that has
 * such a name, how its records are read, and how the rejected ones are written. A new format is a class and an entry in {@link #ALL}.
 */
interface Format {

    /** Every format, in the order in which a person is told of them. */
    List<Format> ALL = List.of(new CsvFormat(), new XlsxFormat(), new JsonFormat(), new LinesFormat());

    /** What it is called in an answer. */
    String name();

    /** The endings of its files, in lower case. */
    List<String> endings();

    /** Whether its files may be packed by gzip; {@code false} where they are packed already. */
    default boolean takesGzip() {
        return true;
    }

    /**
     * What a file with one of its endings is instead, and what to do; empty where it may be one.
     *
     * @param first its first bytes, unpacked
     * @param length how many there are
     */
    Optional<String> otherThing(byte[] first, int length, FileContent file);

    /** Its records; nothing is opened before they are read. */
    RecordSource records(FileContent file);

    /** What its columns, or members, hold. */
    FileScan scan(FileContent file) throws IOException;

    /** The form of a file with its rejected records. */
    RejectedForm rejectedForm();

    /**
     * Writes the records that were rejected, as they are in the file, each with its reasons.
     *
     * @param errors the reasons
     * @throws IOException when the file can't be read again, or {@code out} can't be written
     */
    RejectedRows.Written writeRejected(FileContent file, List<RecordError> errors, OutputStream out) throws IOException;

    /**
     * How rejected records are given back.
     *
     * @param ending what is added to the report's key
     * @param mediaType the file's media type
     */
    record RejectedForm(String ending, String mediaType) {

        static final RejectedForm CSV = new RejectedForm(".rejected.csv", "text/csv; charset=utf-8");

        static final RejectedForm NDJSON = new RejectedForm(".rejected.ndjson", "application/x-ndjson");
    }
}
