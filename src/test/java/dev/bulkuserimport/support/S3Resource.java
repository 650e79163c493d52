package dev.bulkuserimport.support;

import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.S3MockProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3Mock behind a door that fails at chosen moments: points the function at the door; the test's own client goes past it. One resource for
 * all tests: Quarkus starts the resources of all classes together, and of two that point the function at an S3 either one might win. And one
 * process for all starts of the function, each of which loads this class anew: where it is is in a system property.
 */
public final class S3Resource implements QuarkusTestResourceLifecycleManager {

    private static final String URL = "dev.bulkuserimport.s3mock";

    private S3Client client;
    private FaultyS3 door;

    @Override
    public Map<String, String> start() {
        if (System.getProperty(URL) == null) {
            System.setProperty(URL, new S3MockProcess(Path.of("target")).url());
        }
        client = S3MockProcess.client(System.getProperty(URL));
        door = new FaultyS3(System.getProperty(URL));
        // The SDK's own names, which it reads when the function first needs it.
        System.setProperty("aws.endpointUrlS3", door.url());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        return Map.of();
    }

    @Override
    public void stop() {
        if (client != null) {
            door.close();
            client.close();
        }
    }

    @Override
    public void inject(TestInjector injector) {
        // The next test begins with an S3 that works, whatever the last one has left.
        door.heal();
        injector.injectIntoFields(client, new TestInjector.MatchesType(S3Client.class));
        injector.injectIntoFields(door, new TestInjector.MatchesType(FaultyS3.class));
    }
}
