package dev.bulkuserimport.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.io.IOException;
import java.time.Duration;

/** A secret in Secrets Manager or SSM, read once and kept for the instance's life, or until a 401 makes it doubtful. */
final class StoredSecret implements Secret {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretReference reference;
    private String value;

    StoredSecret(SecretReference reference) {
        this.reference = reference;
    }

    @Override
    public synchronized String value(Deadline deadline) {
        if (value == null) {
            value = read(true, deadline);
        }
        return value;
    }

    @Override
    public synchronized boolean reread(Deadline deadline) {
        // Past the extension, which caches for minutes.
        String now = read(false, deadline);
        boolean changed = !now.equals(value);
        value = now;
        return changed;
    }

    @Override
    public String toString() {
        return "Secret[" + reference.id() + "]";
    }

    private String read(boolean cached, Deadline deadline) {
        try {
            byte[] answer = cached ? SecretStore.readThroughExtension(reference, deadline) : null;
            if (answer == null) {
                answer = SecretStore.read(reference, deadline);
            }
            return pick(JSON.readTree(answer));
        } catch (IOException e) {
            // Jackson's messages quote what they could not read, so only the kind of failure is told.
            throw Problem.unavailable(
                            reference.id() + " could not be read: "
                                    + (e instanceof SecretStore.RefusedException ? e.getMessage() : "no answer")
                                    + ". Nothing was sent.",
                            Duration.ofSeconds(30))
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
        return text;
    }

    private ProblemException missing() {
        return Problem.of(
                        ProblemType.OKTA_UNAUTHORIZED,
                        reference.id()
                                + (reference.jsonKey() == null
                                        ? " holds no text."
                                        : " has no text under the key " + reference.jsonKey() + ".")
                                + " Nothing was sent.")
                .exception();
    }
}
