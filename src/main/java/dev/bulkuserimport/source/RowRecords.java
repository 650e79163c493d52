package dev.bulkuserimport.source;

import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.SchemaKnowledge;
import java.io.IOException;
import java.util.List;

/** How a table's rows become records: by the column names, or by a mapping. */
interface RowRecords {

    /**
     * Checks the properties to be sent against the application's schema.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} if they don't fit the application
     */
    void check(SchemaKnowledge schema);

    /**
     * Examines the first row below the header row.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when it shows that the header row is wrong
     */
    void refuseBy(Row firstRow);

    /**
     * Declares the required properties, before the first record.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} if the table lacks a column
     */
    void startOn(RecordSink records);

    /** Passes a row to the sink as a record. */
    void record(Row row, RecordSink records) throws IOException;

    /** The names of columns that are not sent. */
    List<String> ignored();
}
