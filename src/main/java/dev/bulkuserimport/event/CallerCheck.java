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
 * Decides who may call over HTTP, before anything of the payload is read: a shared secret, a signature, both, or neither, as the settings
 * say. AWS's own authorizers stand in front of it.
 */
@Singleton
class CallerCheck {

    /** Carries the shared secret where {@code Authorization} is an authorizer's. */
    static final String SECRET = "X-Import-Secret";

    private static final String BEARER = "Bearer ";

    private final Optional<Secret> sharedSecret;
    private final Optional<Secret> signingKey;

    CallerCheck(Settings settings, Secrets secrets) {
        this.sharedSecret = settings.webhookSecret().map(secrets::ofCallers);
        this.signingKey = settings.webhookSigningKey().map(secrets::ofCallers);
    }

    /**
     * Ends with {@code unauthorized}, which says nothing of why.
     *
     * @param signsBodyAlone whether the route takes a {@code v1} signature too
     */
    void check(HttpRequest request, boolean signsBodyAlone, Deadline deadline) {
        checkSecret(request, deadline);
        signingKey.ifPresent(key -> {
            Signature signature = Signature.of(request, Instant.now(), signsBodyAlone);
            demand(key, deadline, signature::isBy);
        });
    }

    /** The same for a request of which not everything came, so that its signature can't be checked. */
    void checkSecret(HttpRequest request, Deadline deadline) {
        sharedSecret.ifPresent(secret -> demand(secret, deadline, value -> shows(request, value)));
    }

    /** A secret that was rotated in its store is read again before a caller is turned away; the store bounds how often. */
    private static void demand(Secret secret, Deadline deadline, Predicate<String> check) {
        boolean accepted;
        try {
            accepted =
                    check.test(secret.value(deadline)) || secret.reread(deadline) && check.test(secret.value(deadline));
        } catch (ProblemException e) {
            if (e.problem().type() != ProblemType.SECRET_UNAVAILABLE) {
                throw e;
            }
            // This caller hasn't shown anything yet, so nothing of where secrets are kept is for them.
            throw Problem.of(ProblemType.SECRET_UNAVAILABLE, "Callers can't be told apart now. Try again later.")
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
     * The only comparison of what a caller sends with what is expected: in constant time, over the full length. Nothing equals an expected
     * value that is empty.
     */
    static boolean isEqual(byte[] given, byte[] expected) {
        return expected.length > 0 && MessageDigest.isEqual(given, expected);
    }
}
