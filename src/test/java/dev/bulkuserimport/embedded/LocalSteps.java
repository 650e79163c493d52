package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a file through the function's four steps, one after the other, as the state machine of {@code infra/} does, and tells how far it is.
 */
final class LocalSteps {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** What the state machine waits for a minute: another session is still at work, or Okta's pause between two isn't over. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int ATTEMPTS = 600;

    private static final String PAUSES =
            " Okta may let minutes pass between two sessions of an application; the embedded one takes the next after seconds.";

    private static final Pattern PROGRESS = Pattern.compile("session \\d+ of \\d+, [^\\n]*?(?= importId=)");

    private final FunctionProcess function;
    private final Consumer<String> progress;

    LocalSteps(FunctionProcess function, Consumer<String> progress) {
        this.function = function;
        this.progress = progress;
    }

    /** A step that ended with an error, by the name that Step Functions would be given. */
    private static final class StepFailed extends Exception {

        private static final long serialVersionUID = 1;

        StepFailed(String error) {
            super(error);
        }
    }

    /**
     * Imports a file.
     *
     * @param file {@code bucket}, {@code key} and {@code eTag}
     * @return what finishFile answers; what planFile answers for a file that isn't imported because of its name
     */
    JsonNode run(ObjectNode file) {
        ObjectNode which = file;
        try {
            JsonNode plan = step("planFile", file);
            if (plan.path("state").asText().equals("IGNORED")) {
                return plan;
            }
            which = JSON.createObjectNode()
                    .put("importId", plan.path("importId").asText());
            progress.accept("Planned: " + LocalSummary.count(plan.path("users").asInt(), "user") + " in "
                    + LocalSummary.count(plan.path("sessions").size(), "session") + "."
                    + (plan.path("sessions").size() > 1 ? PAUSES : ""));
            for (JsonNode session : plan.path("sessions")) {
                ObjectNode one = which.deepCopy().set("number", session.path("number"));
                step("importSession", one);
                told().ifPresent(progress);
                if (!followed(one)) {
                    break;
                }
            }
            return step("finishFile", which);
        } catch (StepFailed failed) {
            try {
                return step("finishFile", which.deepCopy().put("error", failed.getMessage()));
            } catch (StepFailed again) {
                throw new IllegalStateException(again);
            }
        }
    }

    /** Whether Okta has completed the session. */
    private boolean followed(ObjectNode session) throws StepFailed {
        JsonNode seen = step("followSession", session);
        while (!seen.path("done").asBoolean()) {
            pause();
            seen = step("followSession", session);
        }
        return seen.path("status").asText().equals("COMPLETED");
    }

    private JsonNode step(String action, ObjectNode arguments) throws StepFailed {
        byte[] event = arguments.deepCopy().put("action", action).toString().getBytes(StandardCharsets.UTF_8);
        for (int attempt = 1; ; attempt++) {
            RuntimeApi.Result result = function.api().invoke(event, TIMEOUT);
            JsonNode answer = parsed(result);
            if (!result.error()) {
                return answer;
            }
            String error = answer.path("errorType").asText();
            if (attempt == ATTEMPTS || !error.endsWith("SessionConflictException")) {
                throw new StepFailed(error);
            }
            if (attempt == 1) {
                progress.accept("Okta takes the next session after its pause.");
            }
            pause();
        }
    }

    /** The line that the function has written to its log. */
    private Optional<String> told() {
        Matcher lines = PROGRESS.matcher(function.printed());
        String last = "";
        while (lines.find()) {
            last = lines.group();
        }
        return Optional.of(last).filter(line -> !line.isEmpty());
    }

    private static JsonNode parsed(RuntimeApi.Result result) {
        try {
            return JSON.readTree(result.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
