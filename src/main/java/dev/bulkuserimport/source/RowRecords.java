package dev.bulkuserimport.source;

import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.SchemaKnowledge;
import java.io.IOException;
import java.util.List;

/** How a table's rows become records: by the names of its columns, or by a mapping. */
interface RowRecords {

    /**
     * Holds what will be sent against the application's schema.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} when the file can't be for this application
     */
    void check(SchemaKnowledge schema);

    /**
     * Looks at the first row below the header row.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when it shows that the header row is wrong
     */
    void refuseBy(Row firstRow);

    /**
     * Says what each record must have, before the first.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} when the table lacks a column
     */
    void startOn(RecordSink records);

    /** Puts a row into the sink as a record. */
    void record(Row row, RecordSink records) throws IOException;

    /** Names of columns that are not sent. */
    List<String> ignored();
}
