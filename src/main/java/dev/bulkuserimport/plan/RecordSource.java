package dev.bulkuserimport.plan;

import java.io.IOException;

/** A payload or a file: something that says what is asked for, and hands over its records. */
public interface RecordSource {

    /**
     * Reads as far as must be known before the first record is read.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when the source is malformed, or something about the import is missing
     */
    Preface preface() throws IOException;

    /**
     * Hands all records to {@code records}.
     *
     * @throws dev.bulkuserimport.problem.ProblemException as {@link #preface}
     */
    Reading read(RecordSink records) throws IOException;

    /** What a reading ends with. */
    sealed interface Reading {

        /** All of it was read. */
        record Whole(ImportOptions options) implements Reading {}

        /** What stood behind the records decides how they are read: they have to be read once more, into a new sink. */
        record Again(Preface preface) implements Reading {}
    }
}
