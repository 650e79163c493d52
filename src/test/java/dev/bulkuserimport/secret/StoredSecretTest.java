package dev.bulkuserimport.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.aws.SignedCall;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A secret in Secrets Manager or SSM")
class StoredSecretTest {

    private static final Deadline TIME = Deadline.in(Duration.ofSeconds(30));
    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:hook-Ab12Cd";

    private final AtomicLong clock = new AtomicLong(Duration.ofDays(20_000).toMillis());
    private String present = "monday";
    private String inCache = "";
    private Optional<IOException> failure = Optional.empty();
    private boolean extension;
    private int reads;

    private StoredSecret secret(String setting) {
        return new StoredSecret(SecretReference.parse(setting).orElseThrow(), true, this::read, clock::get);
    }

    private StoredSecret.Answer read(SecretReference reference, boolean cached, Deadline deadline) throws IOException {
        reads++;
        if (failure.isPresent()) {
            throw failure.get();
        }
        String text = new ObjectMapper().writeValueAsString(cached && !inCache.isEmpty() ? inCache : present);
        String json = "{\"SecretString\":" + text + ",\"Parameter\":{\"Value\":" + text + "}}";
        return new StoredSecret.Answer(json.getBytes(StandardCharsets.UTF_8), cached && extension);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toMillis());
    }

    @Test
    @DisplayName(
            "that is rotated counts within five minutes, though no one shows the new value, and the old one no longer does")
    void rotated() {
        StoredSecret secret = secret(ARN);
        assertThat(secret.value(TIME)).isEqualTo("monday");
        present = "tuesday";
        pass(Duration.ofMinutes(4));
        assertThat(secret.value(TIME)).isEqualTo("monday");
        pass(Duration.ofMinutes(1));
        assertThat(secret.value(TIME)).isEqualTo("tuesday");
        assertThat(reads).isEqualTo(2);
    }

    @Test
    @DisplayName("is read again at once for a caller who shows another value, but twice a minute at most")
    void seldom() {
        StoredSecret secret = secret(ARN);
        secret.value(TIME);
        present = "tuesday";
        assertThat(secret.reread(TIME)).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(secret.value(TIME)).isEqualTo("tuesday");
            assertThat(secret.reread(TIME)).isFalse();
        }
        assertThat(reads).isEqualTo(2);
        present = "wednesday";
        pass(Duration.ofSeconds(31));
        assertThat(secret.reread(TIME)).isTrue();
        assertThat(secret.value(TIME)).isEqualTo("wednesday");
        assertThat(reads).isEqualTo(3);
    }

    /** Five minutes old and unreadable, after its first reading. */
    private void holdsForTheRestOfTheHour(StoredSecret secret) {
        for (int i = 0; i < 100; i++) {
            assertThat(secret.value(TIME)).isEqualTo("monday");
        }
        assertThat(reads).isEqualTo(2);
        pass(Duration.ofMinutes(54));
        assertThat(secret.value(TIME)).isEqualTo("monday");
        pass(Duration.ofMinutes(2));
        assertThatThrownBy(() -> secret.value(TIME)).isInstanceOf(ProblemException.class);
    }

    @Test
    @DisplayName(
            "that can't be read keeps its last value for an hour, is asked for twice a minute at most, and then counts no longer")
    void unreadable() {
        StoredSecret secret = secret(ARN);
        secret.value(TIME);
        failure = Optional.of(new IOException("down"));
        pass(Duration.ofMinutes(5));
        holdsForTheRestOfTheHour(secret);
        failure = Optional.empty();
        present = "tuesday";
        assertThat(secret.value(TIME)).isEqualTo("tuesday");
    }

    @Test
    @DisplayName("that came from the extension's cache is used once, since it may be five minutes old already")
    void cached() {
        extension = true;
        StoredSecret secret = secret(ARN);
        assertThat(secret.value(TIME)).isEqualTo("monday");
        present = "tuesday";
        assertThat(secret.value(TIME)).isEqualTo("tuesday");
        pass(Duration.ofMinutes(4));
        assertThat(secret.value(TIME)).isEqualTo("tuesday");
        assertThat(reads).isEqualTo(2);
        present = "wednesday";
        assertThat(secret.reread(TIME)).as("when Okta refuses it").isTrue();
        assertThat(secret.value(TIME)).isEqualTo("wednesday");
    }

    @Test
    @DisplayName(
            "that came from the extension's cache holds while it can't be read, at most an hour since it may have been replaced")
    void cachedAndUnreadable() {
        extension = true;
        StoredSecret secret = secret(ARN);
        assertThat(secret.value(TIME)).isEqualTo("monday");
        failure = Optional.of(new IOException("down"));
        holdsForTheRestOfTheHour(secret);
    }

    @Test
    @DisplayName("that authenticates callers never comes from the extension's cache, and a rotated one counts at once")
    void callers() {
        extension = true;
        inCache = "sunday";
        StoredSecret secret = new StoredSecret(SecretReference.parse(ARN).orElseThrow(), false, this::read, clock::get);
        assertThat(secret.value(TIME)).isEqualTo("monday");
        present = "tuesday";
        assertThat(secret.reread(TIME)).isTrue();
        assertThat(secret.value(TIME)).isEqualTo("tuesday");
        present = "wednesday";
        pass(Duration.ofMinutes(5));
        assertThat(secret.value(TIME)).isEqualTo("wednesday");
        assertThat(reads).isEqualTo(3);
    }

    @Test
    @DisplayName("that came from the extension's cache is read past it as soon as Okta refuses it")
    void cachedAndRefused() {
        extension = true;
        StoredSecret secret = secret(ARN);
        assertThat(secret.value(TIME)).isEqualTo("monday");
        present = "tuesday";
        assertThat(secret.reread(TIME)).isTrue();
        assertThat(secret.value(TIME)).isEqualTo("tuesday");
    }

    @Test
    @DisplayName("that is a JSON document is named as that without its key, is no value, and is read with one")
    void document() {
        present = "{\"username\":\"hr\",\"password\":\"s3cret\"}";
        assertThat(secret(ARN + ":password").value(TIME)).isEqualTo("s3cret");
        assertThat(secret(ARN + ":password::").value(TIME)).isEqualTo("s3cret");
        Problem problem = catchThrowableOfType(
                        ProblemException.class, () -> secret(ARN).value(TIME))
                .problem();
        assertThat(problem.type()).isEqualTo(ProblemType.SECRET_UNAVAILABLE);
        assertThat(problem.detail())
                .contains("is a JSON document", ARN + ":{key}::")
                .doesNotContain("s3cret", "hr\"");
        assertThat(problem.retryAfter()).isEmpty();
        present = "{\"kty\":\"RSA\",\"n\":\"x\"}";
        assertThat(secret(ARN).value(TIME)).isEqualTo(present);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00abc", "s3cret", "{\"token\":\"s3cret\"", "-----BEGIN PRIVATE KEY-----"})
    @DisplayName("that isn't JSON, though the setting names a key, is a problem that no retry fixes, and isn't quoted")
    void noDocument(String text) {
        present = text;
        Problem problem = catchThrowableOfType(
                        ProblemException.class, () -> secret(ARN + ":token::").value(TIME))
                .problem();
        assertThat(problem.type()).isEqualTo(ProblemType.SECRET_UNAVAILABLE);
        assertThat(problem.detail()).contains(ARN, "is not a JSON document").doesNotContain(text, "s3cret");
        assertThat(problem.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, ResourceNotFoundException, false",
        "400, ParameterNotFound, false",
        "400, AccessDeniedException, false",
        "400, InvalidRequestException, false",
        "400, DecryptionFailure, false",
        "400, ThrottlingException, true",
        "400, ExpiredTokenException, true",
        "500, InternalServiceError, true",
        "503, '', true"
    })
    @DisplayName("that doesn't exist or is denied is a problem that no retry fixes; other refusals pass")
    void refused(int status, String error, boolean passes) {
        failure = Optional.of(new SignedCall.RefusedException(status, error));
        Problem problem = catchThrowableOfType(
                        ProblemException.class, () -> secret(ARN).value(TIME))
                .problem();
        assertThat(problem.detail()).contains(ARN, String.valueOf(status), error);
        assertThat(problem.retryAfter().isPresent()).isEqualTo(passes);
    }
}
