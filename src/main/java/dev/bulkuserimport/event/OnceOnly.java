package dev.bulkuserimport.event;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.HmacSha256;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Processes a request with an {@code Idempotency-Key}, or a payload with an {@code idempotencyKey}, only once, and repeats the answer for a
 * day. Callers are authenticated before.
 *
 * <p>Source of the header's use: the draft "The Idempotency-Key HTTP Header Field" of the IETF's HTTPAPI group.
 */
@Singleton
class OnceOnly {

    static final String KEY = "Idempotency-Key";

    static final String REPLAYED = "Idempotency-Replayed";

    private static final int LONGEST_KEY = 255;

    /** As named by a route; see {@link HttpRoute.Found.Match#operation}. */
    private static final String IMPORT = "import{}";

    private final boolean on;
    private final Instance<KeptAnswers> kept;
    private final PayloadImport imports;

    OnceOnly(Settings settings, Instance<KeptAnswers> kept, PayloadImport imports) {
        this.on = settings.reportBucket().isPresent();
        this.kept = kept;
        this.imports = imports;
    }

    /** The key that applies to a request; empty if it has none, or if there is no bucket for answers. */
    Optional<String> key(HttpRequest request) {
        return on ? request.header(KEY) : Optional.empty();
    }

    /**
     * The key that applies to an import request: the header's, or the payload's.
     *
     * @throws ProblemException {@code invalid-request} when the payload's key can't be used, or differs from the header's
     */
    Optional<String> importKey(HttpRequest request) {
        Optional<String> header = key(request);
        Optional<String> payload = payloadKey(request.body());
        if (payload.isPresent() && header.isPresent() && !payload.equals(header)) {
            throw Arguments.invalid(PayloadKey.FIELD, "differs from the header " + KEY + "; give one of them");
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
            // Invalid Base64 is refused when it is read.
            return Optional.empty();
        }
        return PayloadKey.of(body.get().stream()).map(this::usable);
    }

    private String usable(String key) {
        if (!on) {
            throw Arguments.invalid(
                    PayloadKey.FIELD, "requires a bucket for answers: set IMPORT_REPORT_BUCKET, or omit the key");
        }
        return key;
    }

    /**
     * Runs a direct invocation's import once for its key.
     *
     * @param event the payload
     * @param work runs the import; its answer is kept
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

    /** Takes a key for a request; fails with a problem if that isn't possible. */
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

    /** The problem for a request that is repeated before the first one has ended. */
    static Problem stillAtWork(KeptAnswers.Taken.AtWork atWork) {
        return Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        "The first request with this " + KEY + " is still in progress. Nothing was sent. Repeat the"
                                + " request later to get its answer.")
                .retryAfter(atWork.delay());
    }

    /** The problem for a key that another request has used; its status is 422, which differs from its type's. */
    static Problem usedByAnother() {
        return Problem.of(
                ProblemType.INVALID_REQUEST,
                KEY
                        + " was used for another request within the last day. Nothing was sent. Use a different key for"
                        + " each request, and reuse a key only to repeat that request.");
    }

    /** The earlier answer, or that of {@code work}, which is kept if it is a success. */
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

    /** The idempotency key is the key of the hash, and it is not stored: someone who reads the hash can't test candidate bodies. */
    private static String hash(String key, String operation, Optional<Supplier<InputStream>> body) {
        try {
            HmacSha256 hmac = new HmacSha256(key).update(operation + "\n");
            if (body.isPresent()) {
                try (InputStream bytes = body.get().get()) {
                    hmac.update(bytes);
                }
            }
            return HexFormat.of().formatHex(hmac.digest());
        } catch (IOException e) {
            // Invalid Base64 is refused when it is read, and that answer isn't kept.
            return "unreadable";
        }
    }
}
