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
        LOG.infof(
                "%s applicationId=%s sessionId=%s operation=%s dryRun=%s records=%d imported=%d rejected=%d requests=%d retries=%d"
                        + " throttles=%d oktaMillis=%d millis=%d",
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
