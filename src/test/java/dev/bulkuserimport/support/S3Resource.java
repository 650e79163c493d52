package dev.bulkuserimport.support;

import dev.bulkuserimport.embedded.LocalS3;
import dev.bulkuserimport.embedded.S3MockProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/** Starts S3Mock before the function and points the function at it. */
public final class S3Resource implements QuarkusTestResourceLifecycleManager {

    private S3MockProcess process;
    private S3Client client;

    @Override
    public Map<String, String> start() {
        process = new S3MockProcess(Path.of("target"));
        client = LocalS3.client(process.url());
        return Map.of(
                "quarkus.s3.endpoint-override", process.url(),
                "quarkus.s3.aws.region", "eu-central-1",
                "quarkus.s3.aws.credentials.type", "static",
                "quarkus.s3.aws.credentials.static-provider.access-key-id", "test",
                "quarkus.s3.aws.credentials.static-provider.secret-access-key", "test");
    }

    @Override
    public void stop() {
        if (client != null) {
            client.close();
            process.close();
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(client, new TestInjector.MatchesType(S3Client.class));
    }
}
