package dev.bulkuserimport.secret;

import dev.bulkuserimport.base.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Reads secrets over HTTP: through AWS's Parameters and Secrets extension where it runs, otherwise with one signed call. The SDK's clients
 * for the two services would add megabytes for these two calls; its signer is here anyway.
 *
 * <p>Sources: "Use Parameter Store parameters in Lambda functions", "Use Secrets Manager secrets in Lambda functions", and the two
 * services' JSON protocol in their API references.
 */
final class SecretStore {

    /** A whole call, connecting and reading included; both services answer in well under a second. */
    private static final int TIMEOUT_MILLIS = 3_000;

    private static final String EXTENSION_PORT = "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT";

    private SecretStore() {}

    /** The store's own words on why it doesn't give a secret: the error's name, never more. */
    static final class RefusedException extends IOException {
        RefusedException(String what) {
            super(what);
        }
    }

    /** What the extension answers; empty when it doesn't run here or doesn't know. */
    static Optional<byte[]> readThroughExtension(SecretReference reference, Deadline deadline) {
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
            HttpURLConnection connection = open(URI.create("http://localhost:" + port + path), deadline);
            connection.setRequestProperty("X-Aws-Parameters-Secrets-Token", token);
            return inTime(
                    connection,
                    deadline,
                    () -> connection.getResponseCode() == 200
                            ? Optional.of(body(connection.getInputStream()))
                            : Optional.empty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What the service answers. */
    static byte[] read(SecretReference reference, Deadline deadline) throws IOException {
        boolean ssm = reference.store() == SecretReference.Store.SSM;
        String service = ssm ? "ssm" : "secretsmanager";
        String target = ssm ? "AmazonSSM.GetParameter" : "secretsmanager.GetSecretValue";
        byte[] request = (ssm
                        ? "{\"Name\":\"" + reference.id() + "\",\"WithDecryption\":true}"
                        : "{\"SecretId\":\"" + reference.id() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        URI endpoint = endpoint(ssm ? "AWS_ENDPOINT_URL_SSM" : "AWS_ENDPOINT_URL_SECRETS_MANAGER", service, reference);
        SignedRequest signed = sign(endpoint, service, target, reference.region(), request);
        HttpURLConnection connection = open(endpoint, deadline);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        for (Map.Entry<String, List<String>> header : signed.request().headers().entrySet()) {
            if (!header.getKey().equalsIgnoreCase("Host") && !header.getKey().equalsIgnoreCase("Content-Length")) {
                connection.setRequestProperty(header.getKey(), header.getValue().get(0));
            }
        }
        return inTime(connection, deadline, () -> {
            try (OutputStream out = connection.getOutputStream()) {
                out.write(request);
            }
            if (connection.getResponseCode() == 200) {
                return body(connection.getInputStream());
            }
            throw new RefusedException("AWS answered " + connection.getResponseCode() + errorName(connection));
        });
    }

    @FunctionalInterface
    private interface Exchange<T> {
        T run() throws IOException;
    }

    /** A server that answers byte by byte outlasts every read's own time-out, so the whole call has one. */
    private static <T> T inTime(HttpURLConnection connection, Deadline deadline, Exchange<T> exchange)
            throws IOException {
        int millis = timeout(deadline);
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(millis);
                        connection.disconnect();
                    } catch (InterruptedException e) {
                        // The call is over.
                    }
                },
                "secret-time-out");
        watch.setDaemon(true);
        watch.start();
        try {
            return exchange.run();
        } finally {
            watch.interrupt();
        }
    }

    private static int timeout(Deadline deadline) {
        return (int) Math.max(1, Math.min(TIMEOUT_MILLIS, deadline.left().toMillis()));
    }

    private static SignedRequest sign(URI endpoint, String service, String target, String region, byte[] body) {
        AwsCredentials credentials;
        try (DefaultCredentialsProvider provider =
                DefaultCredentialsProvider.builder().build()) {
            credentials = provider.resolveCredentials();
        }
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", target)
                .build();
        return AwsV4HttpSigner.create().sign(signing -> signing.identity(credentials)
                .request(request)
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    }

    /** As the SDK finds it: the service's own variable, the common one, or AWS's name for it. */
    private static URI endpoint(String variable, String service, SecretReference reference) {
        String url = Optional.ofNullable(System.getenv(variable))
                .or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")))
                .orElse("https://" + service + "." + reference.region() + "."
                        + (reference.id().startsWith("arn:aws-cn:") ? "amazonaws.com.cn" : "amazonaws.com"));
        return URI.create(url.replaceAll("/+$", "") + "/");
    }

    private static HttpURLConnection open(URI uri, Deadline deadline) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        int timeout = timeout(deadline);
        connection.setConnectTimeout(timeout);
        connection.setReadTimeout(timeout);
        connection.setUseCaches(false);
        return connection;
    }

    private static String errorName(HttpURLConnection connection) {
        String header = connection.getHeaderField("x-amzn-ErrorType");
        if (header == null) {
            try (InputStream error = connection.getErrorStream()) {
                String text = error == null ? "" : new String(error.readNBytes(4096), StandardCharsets.UTF_8);
                Matcher type =
                        Pattern.compile("\"__type\"\\s*:\\s*\"([A-Za-z.#]+)\"").matcher(text);
                header = type.find() ? type.group(1) : null;
            } catch (IOException e) {
                header = null;
            }
        }
        return header == null ? "" : " " + header.replaceAll("^.*#|:.*$", "");
    }

    private static byte[] body(InputStream in) throws IOException {
        try (in) {
            return in.readNBytes(128 * 1024);
        }
    }
}
