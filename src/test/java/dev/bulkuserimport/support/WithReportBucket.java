package dev.bulkuserimport.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The function with a place for reports and answers, a secret that its callers show, and decisions about stopped files. */
public final class WithReportBucket implements QuarkusTestProfile {

    public static final String BUCKET = "reports-and-answers";
    public static final String SECRET = "s3cret";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("import.report-bucket", BUCKET, "import.webhook-secret", SECRET, "import.decision-days", "2");
    }
}
