package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.secret.Secret;
import dev.bulkuserimport.secret.Secrets;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Authenticates HTTP callers before any of the payload is read: with a shared secret, a signature, both, or neither, depending on the
 * settings. AWS's own authorizers run before it.
 */
@Singleton
class CallerCheck {

    /** Contains the shared secret if {@code Authorization} is used by an authorizer. */
    static final String SECRET = "X-Import-Secret";

    private static final String BEARER = "Bearer ";

    private final Optional<Secret> sharedSecret;
    private final Optional<Secret> signingKey;

    CallerCheck(Settings settings, Secrets secrets) {
        this.sharedSecret = settings.webhookSecret().map(secrets::ofCallers);
        this.signingKey = settings.webhookSigningKey().map(secrets::ofCallers);
    }

    /**
     * Fails with {@code unauthorized}, which doesn't say why.
     *
     * @param signsBodyAlone whether the route also accepts a {@code v1} signature
     */
    void check(HttpRequest request, boolean signsBodyAlone, Deadline deadline) {
        checkSecret(request, deadline);
        signingKey.ifPresent(key -> {
            Signature signature = Signature.of(request, Instant.now(), signsBodyAlone);
            demand(key, deadline, signature::isBy);
        });
    }

    /** The same for an incomplete request, whose signature can't be checked. */
    void checkSecret(HttpRequest request, Deadline deadline) {
        sharedSecret.ifPresent(secret -> demand(secret, deadline, value -> shows(request, value)));
    }

    /** A secret that may have been rotated is read again before a caller is refused; the store limits how often. */
    private static void demand(Secret secret, Deadline deadline, Predicate<String> check) {
        boolean accepted;
        try {
            accepted =
                    check.test(secret.value(deadline)) || secret.reread(deadline) && check.test(secret.value(deadline));
        } catch (ProblemException e) {
            if (e.problem().type() != ProblemType.SECRET_UNAVAILABLE) {
                throw e;
            }
            // This caller isn't authenticated yet, so they must not learn where secrets are stored.
            throw Problem.of(
                            ProblemType.SECRET_UNAVAILABLE,
                            "Callers can't be authenticated at the moment. Try again later.")
                    .retryAfter(e.problem().retryAfter().orElse(Duration.ofSeconds(30)))
                    .exception();
        }
        if (!accepted) {
            throw Problem.of(ProblemType.UNAUTHORIZED, "This caller is not allowed.")
                    .exception();
        }
    }

    private static boolean shows(HttpRequest request, String secret) {
        Optional<String> bearer = request.header("Authorization")
                .filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(text -> text.substring(BEARER.length()));
        return bearer.filter(given -> isEqual(given, secret)).isPresent()
                || request.header(SECRET)
                        .filter(given -> isEqual(given, secret))
                        .isPresent();
    }

    private static boolean isEqual(String given, String secret) {
        return isEqual(given.strip().getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The only comparison of what a caller sends with the expected value: in constant time, over the full length. An empty expected value
     * never matches.
     */
    static boolean isEqual(byte[] given, byte[] expected) {
        return expected.length > 0 && MessageDigest.isEqual(given, expected);
    }
}
