package dev.bulkuserimport.support;

import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.S3MockProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3Mock behind a door that fails at chosen moments: points the function at the door; the test's own client goes past it. One resource for
 * all tests: Quarkus starts the resources of all classes together, and of two that point the function at an S3 either one might win.
 */
public final class S3Resource implements QuarkusTestResourceLifecycleManager {

    private S3MockProcess mock;
    private FaultyS3 door;

    @Override
    public Map<String, String> start() {
        mock = S3MockProcess.shared(Path.of("target"));
        door = new FaultyS3(mock.url());
        // The SDK's own names, which it reads when the function first needs it.
        System.setProperty("aws.endpointUrlS3", door.url());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        return Map.of();
    }

    @Override
    public void stop() {
        if (mock != null) {
            door.close();
            mock.close();
        }
    }

    @Override
    public void inject(TestInjector injector) {
        // The next test begins with an S3 that works, whatever the last one has left.
        door.heal();
        injector.injectIntoFields(mock.client(), new TestInjector.MatchesType(S3Client.class));
        injector.injectIntoFields(door, new TestInjector.MatchesType(FaultyS3.class));
    }
}
