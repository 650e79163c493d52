package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.secret.Secret;
import dev.bulkuserimport.secret.Secrets;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decides who may call over HTTP, before anything of the payload is read: a shared secret, a signature over timestamp and body, both, or
 * neither, as the settings say. AWS's own authorizers stand in front of it.
 */
@Singleton
class CallerCheck {

    /** Carries the time of signing, in seconds since 1970. */
    static final String TIMESTAMP = "X-Import-Timestamp";

    /** Carries {@code v1=} and the hexadecimal HMAC-SHA256 of the timestamp, a dot and the body. */
    static final String SIGNATURE = "X-Import-Signature";

    /** A signature older or newer than this is a replay, or a clock that is off. */
    static final long WINDOW_SECONDS = 300;

    private final Optional<Secret> sharedSecret;
    private final Optional<Secret> signingKey;

    CallerCheck(Settings settings, Secrets secrets) {
        this.sharedSecret = settings.webhookSecret().map(secrets::of);
        this.signingKey = settings.webhookSigningKey().map(secrets::of);
    }

    /** Ends with {@code unauthorized}, which says nothing of why. */
    void check(HttpRequest request, Deadline deadline) {
        if (sharedSecret.isPresent() && !accepted(sharedSecret.get(), deadline, key -> isBearer(request, key))) {
            throw unauthorized();
        }
        if (signingKey.isPresent() && !accepted(signingKey.get(), deadline, key -> isSigned(request, key))) {
            throw unauthorized();
        }
    }

    /** A secret that was rotated in its store is read again, once, before a caller is turned away. */
    private static boolean accepted(Secret secret, Deadline deadline, Predicate<String> check) {
        return check.test(secret.value(deadline)) || secret.reread(deadline) && check.test(secret.value(deadline));
    }

    private static boolean isBearer(HttpRequest request, String secret) {
        String header = request.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return false;
        }
        return equal(
                header.substring(7).strip().getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isSigned(HttpRequest request, String key) {
        String timestamp = request.header(TIMESTAMP);
        String signature = request.header(SIGNATURE);
        if (timestamp == null || signature == null || !signature.startsWith("v1=")) {
            return false;
        }
        try {
            long age = Math.abs(Math.subtractExact(Instant.now().getEpochSecond(), Long.parseLong(timestamp)));
            byte[] given = HexFormat.of().parseHex(signature.substring(3));
            return equal(given, sign(key, timestamp, request)) && age <= WINDOW_SECONDS;
        } catch (IllegalArgumentException | ArithmeticException | IOException e) {
            return false;
        }
    }

    private static byte[] sign(String key, String timestamp, HttpRequest request) throws IOException {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            if (request.body() != null) {
                byte[] buffer = new byte[8192];
                try (InputStream body = request.body().stream()) {
                    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                        mac.update(buffer, 0, read);
                    }
                }
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In constant time, for whatever lengths. */
    private static boolean equal(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    private static ProblemException unauthorized() {
        return Problem.of(ProblemType.UNAUTHORIZED, "This caller is not allowed.")
                .exception();
    }
}
