package dev.bulkuserimport.plan;

import java.io.Closeable;
import java.io.IOException;

/** A payload or a file: something that says what is asked for, and hands over its records. */
public interface RecordSource extends Closeable {

    /**
     * Reads as far as must be known before the first record is read.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when the source is malformed, or something about the import is missing
     */
    Preface preface() throws IOException;

    /**
     * Hands all records to {@code records}.
     *
     * @param schema what is known of the application's schema, as the preface asked for it
     * @throws dev.bulkuserimport.problem.ProblemException as {@link #preface}
     */
    Reading read(RecordSink records, SchemaKnowledge schema) throws IOException;

    /** The same without a schema. */
    default Reading read(RecordSink records) throws IOException {
        return read(records, SchemaKnowledge.NOT_ASKED);
    }

    /**
     * Begins anew after {@link Reading.Whole}: the same records can be read once more.
     *
     * @throws dev.bulkuserimport.problem.ProblemException as {@link #preface}
     */
    default Preface again() throws IOException {
        return preface();
    }

    /** Lets go of what was opened; nothing where it was read to its end. */
    @Override
    default void close() throws IOException {}

    /** What a reading ends with. */
    sealed interface Reading {

        /**
         * All of it was read.
         *
         * @param options what it asks for
         * @param notes what its report says of how it was read
         */
        record Whole(ImportOptions options, FileNotes notes) implements Reading {}

        /** What stood behind the records decides how they are read: they have to be read once more, into a new sink. */
        record Again(Preface preface) implements Reading {}
    }
}
