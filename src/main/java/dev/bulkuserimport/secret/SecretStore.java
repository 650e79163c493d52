package dev.bulkuserimport.secret;

import dev.bulkuserimport.aws.SignedCall;
import dev.bulkuserimport.aws.TimedConnection;
import dev.bulkuserimport.base.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads secrets over HTTP: through the AWS Parameters and Secrets Lambda extension if it is installed, otherwise with one signed call.
 *
 * <p>Sources: "Use Parameter Store parameters in Lambda functions", "Use Secrets Manager secrets in Lambda functions", and the two
 * services' JSON protocol in their API references.
 */
final class SecretStore {

    /** The time for a whole call, including connecting and reading; both services answer in well under a second. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final String EXTENSION_PORT = "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT";

    private SecretStore() {}

    /** The extension's answer, if a cached one is acceptable and the extension is installed; otherwise the service's answer. */
    static StoredSecret.Answer read(SecretReference reference, boolean cached, Deadline deadline) throws IOException {
        Optional<byte[]> extension = cached ? readThroughExtension(reference, deadline) : Optional.empty();
        return extension.isPresent()
                ? new StoredSecret.Answer(extension.get(), true)
                : new StoredSecret.Answer(read(reference, deadline), false);
    }

    /** Empty if the extension isn't installed or doesn't have the value. It caches for minutes. */
    private static Optional<byte[]> readThroughExtension(SecretReference reference, Deadline deadline) {
        String port = System.getenv(EXTENSION_PORT);
        String token = System.getenv("AWS_SESSION_TOKEN");
        if (port == null || token == null) {
            return Optional.empty();
        }
        String id = URLEncoder.encode(reference.id(), StandardCharsets.UTF_8);
        String path = reference.store() == SecretReference.Store.SSM
                ? "/systemsmanager/parameters/get?withDecryption=true&name=" + id
                : "/secretsmanager/get?secretId=" + id;
        try {
            return TimedConnection.open(URI.create("http://localhost:" + port + path), deadline.left(TIMEOUT))
                    .exchange(connection -> {
                        connection.setRequestProperty("X-Aws-Parameters-Secrets-Token", token);
                        return connection.getResponseCode() == 200
                                ? Optional.of(body(connection.getInputStream()))
                                : Optional.empty();
                    });
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] read(SecretReference reference, Deadline deadline) throws IOException {
        boolean ssm = reference.store() == SecretReference.Store.SSM;
        String service = ssm ? "ssm" : "secretsmanager";
        String target = ssm ? "AmazonSSM.GetParameter" : "secretsmanager.GetSecretValue";
        byte[] request = (ssm
                        ? "{\"Name\":\"" + reference.id() + "\",\"WithDecryption\":true}"
                        : "{\"SecretId\":\"" + reference.id() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        String partition = reference.id().startsWith("arn:aws-cn:") ? "aws-cn" : "aws";
        return new SignedCall(service, ssm ? "AWS_ENDPOINT_URL_SSM" : "AWS_ENDPOINT_URL_SECRETS_MANAGER", target, "1.1")
                .send(reference.region(), partition, request, deadline.left(TIMEOUT));
    }

    private static byte[] body(InputStream in) throws IOException {
        try (in) {
            return in.readNBytes(128 * 1024);
        }
    }
}
