package dev.bulkuserimport.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * A secret in Secrets Manager or SSM. It may be rotated at any time: a value is used for five minutes, then it is read again, and the old
 * value is no longer accepted. While it can't be read, its last value is used for at most an hour.
 */
final class StoredSecret implements Secret {

    private static final long FRESH_MILLIS = Duration.ofMinutes(5).toMillis();

    /** How old an answer from the extension's cache may already be; see "Environment variables" of the extension in AWS's documentation. */
    private static final long CACHED_MILLIS = Duration.ofMinutes(5).toMillis();

    private static final long USABLE_MILLIS = Duration.ofHours(1).toMillis();

    /** A secret is read again at most this often, however many callers guess, so that guessing costs nothing. */
    private static final long PAUSE_MILLIS = Duration.ofSeconds(30).toMillis();

    /** Line breaks that an editor or {@code echo} leaves at the end of a secret. */
    private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+$");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretReference reference;
    private final boolean mayBeCached;
    private final Store store;
    private final LongSupplier clock;
    private Optional<Read> last = Optional.empty();
    private Optional<Long> askedAt = Optional.empty();

    /** Where secrets are read. */
    @FunctionalInterface
    interface Store {

        /**
         * The store's answer, as JSON.
         *
         * @param cached whether an answer that is minutes old is acceptable
         */
        Answer read(SecretReference reference, boolean cached, Deadline deadline) throws IOException;
    }

    /**
     * A store's answer.
     *
     * @param cached whether it may be minutes old
     */
    record Answer(byte[] json, boolean cached) {}

    /** A value, and since when it may have been replaced in the store. */
    private record Read(String value, long at) {}

    /** @param mayBeCached whether the first value may be minutes old; it is used once, and then read anew */
    StoredSecret(SecretReference reference, boolean mayBeCached) {
        // Wall-clock time: the nanosecond counter stops while an environment is frozen between two invocations.
        this(reference, mayBeCached, SecretStore::read, System::currentTimeMillis);
    }

    StoredSecret(SecretReference reference, boolean mayBeCached, Store store, LongSupplier clock) {
        this.reference = reference;
        this.mayBeCached = mayBeCached;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public synchronized String value(Deadline deadline) {
        if (last.isEmpty()) {
            read(mayBeCached, deadline);
        } else if (!isYounger(last.get().at(), FRESH_MILLIS)) {
            refresh(last.get(), deadline);
        }
        return last.orElseThrow(this::missing).value();
    }

    @Override
    public synchronized boolean reread(Deadline deadline) {
        if (isAskedLately()) {
            return false;
        }
        Optional<String> before = last.map(Read::value);
        askedAt = Optional.of(clock.getAsLong());
        read(false, deadline);
        return !last.map(Read::value).equals(before);
    }

    @Override
    public String toString() {
        return "Secret[" + reference.id() + "]";
    }

    private void refresh(Read old, Deadline deadline) {
        boolean usable = isYounger(old.at(), USABLE_MILLIS);
        if (usable && isAskedLately()) {
            return;
        }
        long now = clock.getAsLong();
        try {
            read(false, deadline);
        } catch (ProblemException e) {
            // Only a failure is a reason to wait: a value that Okta refuses right after this may have been rotated.
            askedAt = Optional.of(now);
            if (!usable) {
                last = Optional.empty();
                throw e;
            }
        }
    }

    private boolean isAskedLately() {
        return askedAt.isPresent() && isYounger(askedAt.get(), PAUSE_MILLIS);
    }

    /** A time in the future doesn't count: the clock was set back. */
    private boolean isYounger(long time, long millis) {
        long age = clock.getAsLong() - time;
        return age >= 0 && age < millis;
    }

    private void read(boolean cached, Deadline deadline) {
        long now = clock.getAsLong();
        try {
            Answer answer = store.read(reference, cached, deadline);
            last = Optional.of(
                    new Read(pick(JSON.readTree(answer.json())), answer.cached() ? now - CACHED_MILLIS : now));
        } catch (SignedCall.RefusedException e) {
            Problem refused = problem(reference.id() + " could not be read: " + e.getMessage() + ".");
            throw (e.isFinal() ? refused : refused.retryAfter(Duration.ofSeconds(30))).exception();
        } catch (IOException e) {
            // Jackson's messages quote the input, so only the kind of failure is reported.
            throw problem(reference.id() + " could not be read: no answer.")
                    .retryAfter(Duration.ofSeconds(30))
                    .exception();
        }
    }

    private String pick(JsonNode answer) throws IOException {
        Optional<String> text = text(
                reference.store() == SecretReference.Store.SSM
                        ? answer.path("Parameter").path("Value")
                        : answer.path("SecretString"));
        if (text.isPresent() && reference.jsonKey().isPresent()) {
            JsonNode member = document(text.get()).path(reference.jsonKey().get());
            text = member.isObject() ? Optional.of(member.toString()) : text(member);
        } else if (text.filter(StoredSecret::isDocument).isPresent()) {
            throw problem(reference.id()
                            + " is a JSON document, not a single value: name the key of the value in it, "
                            + (reference.store() == SecretReference.Store.SSM
                                    ? "which is possible only with Secrets Manager; an SSM parameter must contain"
                                            + " only the value."
                                    : reference.id() + ":{key}::, in the setting."))
                    .exception();
        }
        return text.filter(value -> !value.isBlank())
                .map(value -> LINE_END.matcher(value).replaceFirst(""))
                .orElseThrow(this::missing);
    }

    /** The secret as the JSON document that a setting with a key expects; one that isn't JSON stays so however often it is read. */
    private JsonNode document(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw problem(reference.id()
                            + " is not a JSON document, but the setting names a key in it. Fix the secret, or"
                            + " the setting that names it.")
                    .exception();
        }
    }

    /** Whether a secret is a JSON document of several values; a JWK is a single value, a key. */
    private static boolean isDocument(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return false;
        }
        try {
            JsonNode document = JSON.readTree(text);
            return document.isObject() && !document.has("kty");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** The value of a string, number or boolean; empty for an object or array. */
    private static Optional<String> text(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    private ProblemException missing() {
        return problem(reference.id()
                        + reference
                                .jsonKey()
                                .map(key -> " has no text under the key " + key + ".")
                                .orElse(" holds no text.")
                        + " Fix the secret, or the setting that names it.")
                .exception();
    }

    private Problem problem(String detail) {
        return Problem.of(ProblemType.SECRET_UNAVAILABLE, detail).with("secret", reference.id());
    }
}
