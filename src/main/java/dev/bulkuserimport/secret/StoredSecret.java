package dev.bulkuserimport.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.aws.SignedCall;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A secret in Secrets Manager or SSM, read once and kept for the instance's life, or until a 401 makes it doubtful. */
final class StoredSecret implements Secret {

    /** What an editor or {@code echo} leaves at the end of a secret. */
    private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+$");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A secret is read again at most this often, however many callers guess, so that guessing costs nothing. */
    private static final long REREAD_NANOS = Duration.ofSeconds(30).toNanos();

    private final SecretReference reference;
    private Optional<String> value = Optional.empty();
    private Optional<Long> rereadAt = Optional.empty();

    StoredSecret(SecretReference reference) {
        this.reference = reference;
    }

    @Override
    public synchronized String value(Deadline deadline) {
        if (value.isEmpty()) {
            value = Optional.of(read(true, deadline));
        }
        return value.get();
    }

    @Override
    public synchronized boolean reread(Deadline deadline) {
        long now = System.nanoTime();
        if (rereadAt.isPresent() && now - rereadAt.get() < REREAD_NANOS) {
            return false;
        }
        rereadAt = Optional.of(now);
        // Past the extension, which caches for minutes.
        Optional<String> present = Optional.of(read(false, deadline));
        boolean changed = !present.equals(value);
        value = present;
        return changed;
    }

    @Override
    public String toString() {
        return "Secret[" + reference.id() + "]";
    }

    private String read(boolean cached, Deadline deadline) {
        try {
            Optional<byte[]> answer = cached ? SecretStore.readThroughExtension(reference, deadline) : Optional.empty();
            return pick(JSON.readTree(answer.isPresent() ? answer.get() : SecretStore.read(reference, deadline)));
        } catch (IOException e) {
            // Jackson's messages quote what they could not read, so only the kind of failure is told.
            throw Problem.of(
                            ProblemType.SECRET_UNAVAILABLE,
                            reference.id() + " could not be read: "
                                    + (e instanceof SignedCall.RefusedException ? e.getMessage() : "no answer") + ".")
                    .retryAfter(Duration.ofSeconds(30))
                    .with("secret", reference.id())
                    .exception();
        }
    }

    private String pick(JsonNode answer) throws IOException {
        Optional<String> text = text(
                reference.store() == SecretReference.Store.SSM
                        ? answer.path("Parameter").path("Value")
                        : answer.path("SecretString"));
        if (text.isPresent() && reference.jsonKey().isPresent()) {
            JsonNode member = JSON.readTree(text.get()).path(reference.jsonKey().get());
            text = member.isObject() ? Optional.of(member.toString()) : text(member);
        }
        return text.filter(value -> !value.isBlank())
                .map(value -> LINE_END.matcher(value).replaceFirst(""))
                .orElseThrow(this::missing);
    }

    /** A text's, a number's or a boolean's; nothing of what holds others. */
    private static Optional<String> text(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    private ProblemException missing() {
        return Problem.of(
                        ProblemType.SECRET_UNAVAILABLE,
                        reference.id()
                                + reference
                                        .jsonKey()
                                        .map(key -> " has no text under the key " + key + ".")
                                        .orElse(" holds no text.")
                                + " Mend the secret, or the setting that names it.")
                .retryAfter(Duration.ofMinutes(5))
                .with("secret", reference.id())
                .exception();
    }
}
