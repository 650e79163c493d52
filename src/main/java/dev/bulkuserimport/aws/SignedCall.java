package dev.bulkuserimport.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * A call to an AWS service with a JSON protocol, signed with the SDK's signer and the function's credentials.
 *
 * @param service the service's name in signatures and host names, for example {@code sqs}
 * @param endpointVariable the SDK's variable that overrides its endpoint
 * @param target the operation, as in the header {@code X-Amz-Target}
 * @param version the version of the service's JSON protocol: {@code 1.0} or {@code 1.1}
 */
public record SignedCall(String service, String endpointVariable, String target, String version) {

    private static final int LONGEST_ANSWER = 128 * 1024;

    /** The service refused the call, or AWS gives no credentials for it. Carries the error's name, nothing more. */
    public static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        /**
         * Errors that recur until someone changes something. Others (throttling, expired credentials, internal errors of the service) are
         * temporary. Sources: "Errors" of GetSecretValue and GetParameter, and the services' common errors, in their API references.
         */
        private static final Pattern FINAL = Pattern.compile(
                "AccessDenied\\w*|\\w*NotFound\\w*|InvalidRequestException|InvalidParameter\\w*|ValidationException|"
                        + "DecryptionFailure|InvalidKeyId|KMS\\w*(Disabled|InvalidState|AccessDenied)\\w*");

        private final boolean permanent;

        public RefusedException(int status, String error) {
            super("AWS answered " + status + (error.isEmpty() ? "" : " " + error));
            permanent = FINAL.matcher(error).matches();
        }

        RefusedException(SdkException noCredentials) {
            super("AWS gives the function no credentials at the moment", noCredentials);
            permanent = false;
        }

        /** Whether a retry is useless: the resource doesn't exist, or may not be read. */
        public boolean isFinal() {
            return permanent;
        }
    }

    /** Determined as by the SDK: the service's own variable, the common one, or AWS's host name. Without a trailing slash. */
    public String endpoint(String region, String partition) {
        return Optional.ofNullable(System.getenv(endpointVariable))
                .or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")))
                .orElse("https://" + service + "." + region + "."
                        + (partition.equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com"))
                .replaceAll("/+$", "");
    }

    /**
     * Makes the call.
     *
     * @param partition {@code aws}, or {@code aws-cn} in China
     * @param body the request's JSON
     * @param time the timeout for the whole call
     * @return the answer's JSON
     * @throws RefusedException when the service refuses the call
     * @throws IOException when there is no answer in time, or the function has no credentials at the moment
     */
    public byte[] send(String region, String partition, byte[] body, Duration time) throws IOException {
        URI endpoint = URI.create(endpoint(region, partition) + "/");
        SignedRequest signed = sign(endpoint, region, body);
        return TimedConnection.open(endpoint, time).exchange(connection -> {
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            for (Map.Entry<String, List<String>> header :
                    signed.request().headers().entrySet()) {
                if (!header.getKey().equalsIgnoreCase("Host")
                        && !header.getKey().equalsIgnoreCase("Content-Length")) {
                    connection.setRequestProperty(
                            header.getKey(), header.getValue().get(0));
                }
            }
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            if (connection.getResponseCode() == 200) {
                return answer(connection);
            }
            throw new RefusedException(connection.getResponseCode(), errorName(connection));
        });
    }

    private SignedRequest sign(URI endpoint, String region, byte[] body) throws IOException {
        AwsCredentials credentials;
        try (DefaultCredentialsProvider provider =
                DefaultCredentialsProvider.builder().build()) {
            credentials = credentials(provider);
        }
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", "application/x-amz-json-" + version)
                .putHeader("X-Amz-Target", target)
                .build();
        return AwsV4HttpSigner.create().sign(signing -> signing.identity(credentials)
                .request(request)
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    }

    /** The function's credentials. If AWS temporarily provides none, the call fails like any other and may be repeated. */
    static AwsCredentials credentials(AwsCredentialsProvider provider) throws IOException {
        try {
            return provider.resolveCredentials();
        } catch (SdkException e) {
            throw new RefusedException(e);
        }
    }

    private static byte[] answer(HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            return in.readNBytes(LONGEST_ANSWER);
        }
    }

    private static String errorName(HttpURLConnection connection) {
        return Optional.ofNullable(connection.getHeaderField("x-amzn-ErrorType"))
                .or(() -> namedInBody(connection))
                .map(name -> name.replaceAll("^.*#|:.*$", ""))
                .orElse("");
    }

    private static Optional<String> namedInBody(HttpURLConnection connection) {
        try (InputStream error = connection.getErrorStream()) {
            String text = error == null ? "" : new String(error.readNBytes(4096), StandardCharsets.UTF_8);
            Matcher type =
                    Pattern.compile("\"__type\"\\s*:\\s*\"([A-Za-z.#]+)\"").matcher(text);
            return type.find() ? Optional.of(type.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
