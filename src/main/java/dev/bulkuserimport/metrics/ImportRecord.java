package dev.bulkuserimport.metrics;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.request.ImportOptions;
import dev.bulkuserimport.upload.UploadResult;
import java.util.concurrent.TimeUnit;

/** One import as it is written down: ids, counts and times. */
public final class ImportRecord {

    private final ImportOptions options;
    private final int records;
    private final long begun = System.nanoTime();
    private String sessionId;
    private int imported;
    private int rejected;
    private Problem problem;
    private UploadResult.Effort effort;

    ImportRecord(ImportOptions options, int records) {
        this.options = options;
        this.records = records;
        this.sessionId = options.sessionId();
    }

    public void sent(UploadResult.Effort sent) {
        effort = sent;
    }

    public void succeeded(int recordsImported, int recordsRejected, String session) {
        imported = recordsImported;
        rejected = recordsRejected;
        sessionId = session;
    }

    public void failed(Problem failure, String session) {
        problem = failure;
        imported = failure.recordsImported();
        rejected = failure.more().get("errorCount") instanceof Integer count ? count : 0;
        sessionId = session;
    }

    ImportOptions options() {
        return options;
    }

    String sessionId() {
        return sessionId;
    }

    int records() {
        return records;
    }

    int imported() {
        return imported;
    }

    int rejected() {
        return rejected;
    }

    /** The failure's name; null when the import succeeded. */
    String problem() {
        return problem == null ? null : problem.type().slug();
    }

    int requests() {
        return effort == null ? 0 : effort.requests();
    }

    int retries() {
        return effort == null ? 0 : effort.retries();
    }

    int throttles() {
        return effort == null ? 0 : effort.throttles();
    }

    long oktaMillis() {
        return effort == null ? 0 : effort.oktaMillis();
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }
}
