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
        String text = reference.store() == SecretReference.Store.SSM
                ? answer.path("Parameter").path("Value").asText(null)
                : answer.path("SecretString").asText(null);
        if (text != null && reference.jsonKey() != null) {
            JsonNode member = JSON.readTree(text).path(reference.jsonKey());
            text = member.isObject() ? member.toString() : member.asText(null);
        }
        if (text == null || text.isBlank()) {
            throw missing();
        }
        return LINE_END.matcher(text).replaceFirst("");
    }

    private ProblemException missing() {
        return Problem.of(
                        ProblemType.SECRET_UNAVAILABLE,
                        reference.id()
                                + (reference.jsonKey() == null
                                        ? " holds no text."
                                        : " has no text under the key " + reference.jsonKey() + ".")
                                + " Mend the secret, or the setting that names it.")
                .retryAfter(Duration.ofMinutes(5))
                .with("secret", reference.id())
                .exception();
    }
}
