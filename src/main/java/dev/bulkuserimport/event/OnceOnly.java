package dev.bulkuserimport.event;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Does what a request with an {@code Idempotency-Key}, or a payload with an {@code idempotencyKey}, asks for once, and gives the answer again for a day. Callers are checked before.
 *
 * <p>Source of the header's use: the draft "The Idempotency-Key HTTP Header Field" of the IETF's HTTPAPI group.
 */
@Singleton
class OnceOnly {

    static final String KEY = "Idempotency-Key";

    static final String REPLAYED = "Idempotency-Replayed";

    private static final int LONGEST_KEY = 255;

    /** As a route names it; see {@link HttpRoute.Found.Match#operation}. */
    private static final String IMPORT = "import{}";

    private final boolean on;
    private final Instance<KeptAnswers> kept;
    private final PayloadImport imports;

    OnceOnly(Settings settings, Instance<KeptAnswers> kept, PayloadImport imports) {
        this.on = settings.reportBucket().isPresent();
        this.kept = kept;
        this.imports = imports;
    }

    /** The key that counts for a request; empty when it has none, or where answers have no place. */
    Optional<String> key(HttpRequest request) {
        return on ? request.header(KEY) : Optional.empty();
    }

    /**
     * The key that counts for an import's request: the header's, or the payload's.
     *
     * @throws ProblemException {@code invalid-request} when the payload's can't count, or is another one than the header's
     */
    Optional<String> importKey(HttpRequest request) {
        Optional<String> header = key(request);
        Optional<String> payload = payloadKey(request.body());
        if (payload.isPresent() && header.isPresent() && !payload.equals(header)) {
            throw Arguments.invalid(PayloadKey.FIELD, "is another one than the header " + KEY + "; give one of them");
        }
        return header.or(() -> payload);
    }

    private Optional<String> payloadKey(Optional<EmbeddedBody> body) {
        if (body.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream bytes = body.get().stream()) {
            if (!PayloadKey.mayBeIn(bytes)) {
                return Optional.empty();
            }
        } catch (IOException e) {
            // What is no Base64 is refused when it is read.
            return Optional.empty();
        }
        return PayloadKey.of(body.get().stream()).map(this::usable);
    }

    private String usable(String key) {
        if (!on) {
            throw Arguments.invalid(
                    PayloadKey.FIELD,
                    "needs a place for answers, which this function doesn't have: set IMPORT_REPORT_BUCKET, or leave it out");
        }
        return key;
    }

    /**
     * Does a direct invocation's import once for its key.
     *
     * @param event the payload
     * @param work does it; its answer is kept
     */
    byte[] direct(ByteChunks event, Supplier<byte[]> work, Deadline deadline) {
        Optional<KeptAnswers.Taken> place;
        try {
            place = PayloadKey.of(event.stream())
                    .map(this::usable)
                    .map(key -> take(key, IMPORT, Optional.of(event::stream), deadline));
        } catch (ProblemException e) {
            imports.note(e.problem());
            throw e;
        }
        if (place.isEmpty()) {
            return work.get();
        }
        KeptAnswers.Taken taken = place.get();
        if (taken instanceof KeptAnswers.Taken.Other) {
            imports.refuse(usedByAnother());
        }
        if (!(taken instanceof KeptAnswers.Taken.Turn)) {
            imports.repeated();
        }
        if (taken instanceof KeptAnswers.Taken.AtWork atWork) {
            throw stillAtWork(atWork).exception();
        }
        return answer(taken, () -> HttpAnswer.json(200, work.get()), deadline)
                .body()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Takes a key for a request; a problem when it can't be had. */
    KeptAnswers.Taken take(String key, String operation, HttpRequest request, Deadline deadline) {
        return take(key, operation, request.body().map(body -> body::stream), deadline);
    }

    private KeptAnswers.Taken take(
            String key, String operation, Optional<Supplier<InputStream>> body, Deadline deadline) {
        int length = key.codePointCount(0, key.length());
        if (key.isBlank() || length > LONGEST_KEY) {
            throw Arguments.invalid(KEY, "must have 1 to " + LONGEST_KEY + " characters");
        }
        return kept.get().take(key, hash(key, operation, body), deadline);
    }

    /** The problem of a request that is repeated before the first one has ended. */
    static Problem stillAtWork(KeptAnswers.Taken.AtWork atWork) {
        return Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        "The first request with this " + KEY + " is still at work. Nothing was sent. Repeat this one"
                                + " later to get its answer.")
                .retryAfter(atWork.delay());
    }

    /** The problem of a key that another request has; its status is 422, though its type's is another one. */
    static Problem usedByAnother() {
        return Problem.of(
                ProblemType.INVALID_REQUEST,
                KEY
                        + " was used for another request within the last day. Nothing was sent. Give each request its own, and"
                        + " use it again only to repeat that one.");
    }

    /** The answer from before, or that of {@code work}, which is kept if it is a success. */
    HttpAnswer answer(KeptAnswers.Taken taken, Supplier<HttpAnswer> work, Deadline deadline) {
        if (taken instanceof KeptAnswers.Taken.Before before) {
            KeptAnswers.Answer answer = before.answer();
            return new HttpAnswer(answer.status(), answer.headers(), answer.body()).with(REPLAYED, "true");
        }
        KeptAnswers.Taken.Turn turn = (KeptAnswers.Taken.Turn) taken;
        Optional<HttpAnswer> done = Optional.empty();
        try {
            HttpAnswer answer = work.get();
            done = Optional.of(answer).filter(HttpAnswer::isSuccess);
            return answer;
        } finally {
            done.ifPresentOrElse(
                    answer -> kept.get()
                            .keep(
                                    turn,
                                    new KeptAnswers.Answer(answer.status(), answer.headers(), answer.body()),
                                    deadline),
                    () -> kept.get().giveBack(turn, deadline));
        }
    }

    /** The key is the hash's own key, and it is not stored: who reads the hash can't try bodies. */
    private static String hash(String key, String operation, Optional<Supplier<InputStream>> body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((operation + "\n").getBytes(StandardCharsets.UTF_8));
            if (body.isPresent()) {
                byte[] buffer = new byte[8192];
                try (InputStream bytes = body.get().get()) {
                    for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                        mac.update(buffer, 0, read);
                    }
                }
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            // What is no Base64 is refused when it is read, and no such answer is kept.
            return "unreadable";
        }
    }
}
