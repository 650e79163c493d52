package dev.bulkuserimport.plan;

import java.io.Closeable;
import java.io.IOException;

/** A payload or a file: supplies the import's options and its records. */
public interface RecordSource extends Closeable {

    /**
     * Reads everything that must be known before the first record is read.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when the source is malformed, or required options are missing
     */
    Preface preface() throws IOException;

    /**
     * Passes all records to {@code records}.
     *
     * @param schema what is known about the application's schema, as requested by the preface
     * @throws dev.bulkuserimport.problem.ProblemException as {@link #preface}
     */
    Reading read(RecordSink records, SchemaKnowledge schema) throws IOException;

    /** The same without a schema. */
    default Reading read(RecordSink records) throws IOException {
        return read(records, SchemaKnowledge.NOT_ASKED);
    }

    /**
     * Starts again after {@link Reading.Whole}, so that the same records can be read again.
     *
     * @throws dev.bulkuserimport.problem.ProblemException as {@link #preface}
     */
    default Preface again() throws IOException {
        return preface();
    }

    /** Closes what was opened. */
    @Override
    default void close() throws IOException {}

    /** The result of reading. */
    sealed interface Reading {

        /**
         * All of it was read.
         *
         * @param options the import's options
         * @param notes notes for its report on how it was read
         */
        record Whole(ImportOptions options, FileNotes notes) implements Reading {}

        /** Something after the records changes how they are read: they have to be read again, into a new sink. */
        record Again(Preface preface) implements Reading {}
    }
}
