package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An AWS that allows what a role is granted")
class GuardedAwsTest {

    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:";

    private final GuardedAws aws = new GuardedAws(
            // Nothing that is refused gets there.
            "http://127.0.0.1:1",
            new DeployedStack("AuthorizationMode", "SSWS", "OktaTokenArn", SECRET + "token-Ab12Cd"),
            "ImportRole",
            Map.of(SECRET + "token-Ab12Cd", "token", SECRET + "other-Ab12Cd", "other"));

    @AfterEach
    void close() {
        aws.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, state/0oa1.json, s3:GetObject",
        "GET, state/idempotency/x.json?versionId=1, s3:GetObjectVersion",
        "PUT, state/0oa1.json, s3:PutObject",
        "PUT, imports/u.csv?tagging, s3:PutObjectTagging",
        "DELETE, state/idempotency/x.json, s3:DeleteObject",
        "GET, ?list-type=2&prefix=state, s3:ListBucket"
    })
    @DisplayName("refuses every other request to S3 and remembers it")
    void refuses(String method, String target, String action) throws Exception {
        String bucket = "/" + DeployedStack.BUCKET;
        String path = target.startsWith("?") ? bucket + target : bucket + "/" + target;
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(aws.endpoints().get("AWS_ENDPOINT_URL_S3") + path))
                        .method(method, HttpRequest.BodyPublishers.ofString("x")));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(aws.takeDenied())
                .containsExactly(action + " arn:aws:s3:::" + path.substring(1).replaceAll("\\?.*", ""));
        assertThat(aws.takeDenied()).isEmpty();
    }

    @Test
    @DisplayName("gives the secrets that are granted, and records which grant that was")
    void secrets() throws Exception {
        for (String name : List.of("token-Ab12Cd", "other-Ab12Cd")) {
            HttpResponse<String> answer =
                    send(HttpRequest.newBuilder(URI.create(aws.endpoints().get("AWS_ENDPOINT_URL")))
                            .header("X-Amz-Target", "secretsmanager.GetSecretValue")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"SecretId\":\"" + SECRET + name + "\"}")));
            assertThat(answer.statusCode()).isEqualTo(name.startsWith("token") ? 200 : 400);
        }
        assertThat(aws.used()).containsExactly("secretsmanager:GetSecretValue " + SECRET + "token-Ab12Cd");
        assertThat(aws.takeDenied()).containsExactly("secretsmanager:GetSecretValue " + SECRET + "other-Ab12Cd");
    }
}
