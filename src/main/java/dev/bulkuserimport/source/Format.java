package dev.bulkuserimport.source;

import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.RecordSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * A file format for users. It defines everything about itself: the extensions by which it is recognized, what a misnamed file is instead,
 * how records are read, and how rejected ones are written. A new format is a class and an entry in {@link #ALL}.
 */
interface Format {

    /** All formats, in the order in which messages list them. */
    List<Format> ALL = List.of(
            new CsvFormat(),
            new XlsxFormat(),
            new ObjectFormat("json", List.of(".json"), false),
            new ObjectFormat("ndjson", List.of(".ndjson", ".jsonl"), true));

    /** Its name in answers. */
    String name();

    /** The extensions of its files, in lower case. */
    List<String> endings();

    /** Whether its files are text with one record per line. */
    default boolean areLines() {
        return false;
    }

    /** Whether its files are text whose records are JSON objects. */
    default boolean areObjects() {
        return false;
    }

    /** Whether its files may be compressed with gzip; {@code false} if they are already compressed. */
    default boolean takesGzip() {
        return true;
    }

    /**
     * What a file with one of its extensions is instead, and how to fix it; empty if it may be of this format.
     *
     * @param first its first bytes, unpacked
     * @param length the number of valid bytes in {@code first}
     */
    Optional<String> otherThing(byte[] first, int length, FileContent file);

    /** A file's records; nothing is opened before they are read. */
    RecordSource records(FileContent file);

    /** Examines a file's columns or members. */
    FileScan scan(FileContent file) throws IOException;

    /** The format of the file with its rejected records. */
    RejectedForm rejectedForm();

    /**
     * Writes the rejected records unchanged, each with its reasons.
     *
     * @param errors the reasons
     * @throws IOException if the file can't be read again, or {@code out} can't be written
     */
    RejectedRows.Written writeRejected(FileContent file, List<RecordError> errors, OutputStream out) throws IOException;

    /**
     * How rejected records are returned.
     *
     * @param ending the suffix that is appended to the report's key
     * @param mediaType the file's media type
     */
    record RejectedForm(String ending, String mediaType) {

        static final RejectedForm CSV = new RejectedForm(".rejected.csv", "text/csv; charset=utf-8");

        static final RejectedForm NDJSON = new RejectedForm(".rejected.ndjson", "application/x-ndjson");
    }
}
