package dev.bulkuserimport.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.event.ImportFunction;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.JournalLines;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.S3Resource;
import dev.bulkuserimport.support.WithReportBucket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Mixed invocations under random faults of Okta's and S3's, one after the other as in one environment of Lambda's. {@code -Dsoak=2000} says
 * how many, {@code -Dsoak.seed=1} which, {@code -Dsoak.from=17} with which to begin: each decides by its own number alone, so one that
 * fails can be had again.
 */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@TestProfile(WithReportBucket.class)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A function that is invoked again and again")
class SoakIT {

    private static final Logger LOG = Logger.getLogger(SoakIT.class);

    /** As many as the test command has time for. */
    private static final int SAMPLE = 60;

    /** Invocations until everything has been met once; at most half of them. */
    private static final int WARM_UP = 200;

    @Inject
    @Named("import")
    ImportFunction function;

    EmbeddedOkta okta;
    FaultyS3 door;
    S3Client s3;

    @Test
    @DisplayName("says of every user what became of it, writes each import down once, and holds on to nothing")
    void soak() {
        int first = Integer.getInteger("soak.from", 0);
        int end = first + Integer.getInteger("soak", SAMPLE);
        long seed = Long.getLong("soak.seed", 20261125);
        int warm = first + Math.min(WARM_UP, (end - first) / 2);
        Bucket files = Bucket.of(s3, Invocation.FILES);
        Bucket reports = Bucket.of(s3, WithReportBucket.BUCKET);
        Map<String, Integer> met = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        Footprint before = Footprint.now();
        try (JournalLines journal = new JournalLines()) {
            for (int number = first; number < end; number++) {
                if (number == warm) {
                    before = Footprint.now();
                }
                Invocation invocation =
                        new Invocation(function, okta, door, files, reports, journal, new Chance(seed, number), number);
                try {
                    met.merge(invocation.run(), 1, Integer::sum);
                } catch (AssertionError | RuntimeException e) {
                    failures.add("invocation " + number + " of seed " + seed + ", " + invocation + ": " + e);
                }
            }
        }
        Footprint after = Footprint.now();
        LOG.infof("soak of %s: %s; after %s: %s; at the end: %s", end - first, met, warm - first, before, after);
        assertThat(failures).isEmpty();
        Footprint.assertFlatSince(before);
        assertThat(okta.connections()).isLessThanOrEqualTo(16);
    }
}
