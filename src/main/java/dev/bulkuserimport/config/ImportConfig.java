package dev.bulkuserimport.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How imports are done ({@code IMPORT_PARALLEL_REQUESTS} is {@code import.parallel-requests}). */
@ConfigMapping(prefix = "import")
public interface ImportConfig {

    /** Bulk requests in flight at once, 1 to 10. */
    @WithDefault("5")
    String parallelRequests();

    /** What to do with an import that holds invalid records: {@code reject} it, or {@code skip} them. */
    @WithDefault("reject")
    String invalidUsers();

    /** The most users that one Deactivate and Delete may hold; without it there is no limit. */
    Optional<String> maxDeactivations();

    /** The application of files that name none. */
    Optional<String> applicationId();

    /** The operation of files that name none. */
    Optional<String> operation();

    /** The bucket for reports; without it they go where the file is. */
    Optional<String> reportBucket();

    /** HTTP callers must send it as a bearer token; may be the ARN of a secret. */
    Optional<String> webhookSecret();

    /** HTTP callers must sign timestamp and body with it; may be the ARN of a secret. */
    Optional<String> webhookSigningKey();
}
