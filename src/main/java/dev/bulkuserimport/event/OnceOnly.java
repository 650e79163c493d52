package dev.bulkuserimport.event;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.HmacSha256;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.ProblemException;
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

    static final String REPLAYED = "Idempotency-Replayed";

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
    Optional<RequestKey> key(HttpRequest request) {
        return on
                ? request.header(RequestKey.HEADER).map(text -> new RequestKey(RequestKey.HEADER, text))
                : Optional.empty();
    }

    /**
     * The key that applies to an import request: the header's, or the payload's.
     *
     * @throws ProblemException {@code invalid-request} when the payload's key can't be used, or differs from the header's
     */
    Optional<RequestKey> importKey(HttpRequest request) {
        Optional<RequestKey> header = key(request);
        Optional<RequestKey> payload = payloadKey(request.body());
        if (payload.isPresent()
                && header.isPresent()
                && !payload.get().text().equals(header.get().text())) {
            throw Arguments.invalid(
                    PayloadKey.FIELD, "differs from the header " + RequestKey.HEADER + "; give one of them");
        }
        return header.or(() -> payload);
    }

    private Optional<RequestKey> payloadKey(Optional<EmbeddedBody> body) {
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

    private RequestKey usable(String text) {
        if (!on) {
            throw Arguments.invalid(
                    PayloadKey.FIELD, "requires a bucket for answers: set IMPORT_REPORT_BUCKET, or omit the key");
        }
        return new RequestKey(PayloadKey.FIELD, text);
    }

    /**
     * Runs a direct invocation's import once for its key.
     *
     * @param event the payload
     * @param work runs the import; its answer is kept
     */
    byte[] direct(ByteChunks event, Supplier<byte[]> work, Deadline deadline) {
        Optional<RequestKey> given;
        Optional<KeptAnswers.Taken> place;
        try {
            given = PayloadKey.of(event.stream()).map(this::usable);
            place = given.map(key -> take(key, IMPORT, Optional.of(event::stream), deadline));
        } catch (ProblemException e) {
            imports.note(e.problem());
            throw e;
        }
        if (place.isEmpty()) {
            return work.get();
        }
        RequestKey key = given.orElseThrow();
        KeptAnswers.Taken taken = place.get();
        if (taken instanceof KeptAnswers.Taken.Other) {
            imports.refuse(key.usedByAnother());
        }
        if (!(taken instanceof KeptAnswers.Taken.Turn)) {
            imports.repeated();
        }
        if (taken instanceof KeptAnswers.Taken.AtWork atWork) {
            throw key.stillAtWork(atWork).exception();
        }
        return answer(taken, () -> HttpAnswer.json(200, work.get()), deadline)
                .body()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Takes a key for a request; fails with a problem if that isn't possible. */
    KeptAnswers.Taken take(RequestKey key, String operation, HttpRequest request, Deadline deadline) {
        return take(key, operation, request.body().map(body -> body::stream), deadline);
    }

    private KeptAnswers.Taken take(
            RequestKey key, String operation, Optional<Supplier<InputStream>> body, Deadline deadline) {
        String text = key.checked().text();
        return kept.get().take(text, hash(text, operation, body), deadline);
    }

    /** The earlier answer, or that of {@code work}, which is kept if it is a success. */
    HttpAnswer answer(KeptAnswers.Taken taken, Supplier<HttpAnswer> work, Deadline deadline) {
        if (taken instanceof KeptAnswers.Taken.Before before) {
            return before.answer().with(REPLAYED, "true");
        }
        KeptAnswers.Taken.Turn turn = (KeptAnswers.Taken.Turn) taken;
        Optional<HttpAnswer> done = Optional.empty();
        try {
            HttpAnswer answer = work.get();
            done = Optional.of(answer).filter(HttpAnswer::isSuccess);
            return answer;
        } finally {
            done.ifPresentOrElse(answer -> kept.get().keep(turn, answer, deadline), () -> kept.get()
                    .giveBack(turn, deadline));
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
