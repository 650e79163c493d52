package dev.bulkuserimport.state;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.s3.S3Objects;
import jakarta.inject.Singleton;

/** Opens applications' states. */
@Singleton
public class StateStore {

    private final S3Objects objects;

    StateStore(S3Objects objects) {
        this.objects = objects;
    }

    /** The state of an application; nothing is read yet. */
    public ApplicationState of(String bucket, String app, Deadline deadline) {
        return new ApplicationState(objects, bucket, app, deadline);
    }

    /** The state of an import's application. */
    ApplicationState of(ImportId importId, String app, Deadline deadline) {
        return of(importId.reportBucket(), app, deadline);
    }

    ApplicationState of(FileReport report, Deadline deadline) {
        return of(report.importId(), report.app(), deadline);
    }
}
