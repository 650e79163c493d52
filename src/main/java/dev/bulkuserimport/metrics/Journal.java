package dev.bulkuserimport.metrics;

import dev.bulkuserimport.request.ImportOptions;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Writes one line an import to the log, and the same as metrics. */
@Singleton
public class Journal {

    private static final Logger LOG = Logger.getLogger("import");

    private boolean warm;

    public ImportRecord begin(ImportOptions options, int records) {
        return new ImportRecord(options, records);
    }

    public void end(ImportRecord record) {
        // Never %d: for its digits, the JDK looks up a locale's symbols, which costs a cold start two milliseconds.
        LOG.infof(
                "%s applicationId=%s sessionId=%s operation=%s dryRun=%s records=%s imported=%s rejected=%s requests=%s retries=%s"
                        + " throttles=%s oktaMillis=%s millis=%s",
                record.problem() == null ? "imported" : record.problem(),
                record.options().applicationId(),
                record.sessionId(),
                record.options().operation(),
                record.options().dryRun(),
                record.records(),
                record.imported(),
                record.rejected(),
                record.requests(),
                record.retries(),
                record.throttles(),
                record.oktaMillis(),
                record.millis());
        System.out.println(MetricLine.of(record, !warm));
        warm = true;
    }
}
