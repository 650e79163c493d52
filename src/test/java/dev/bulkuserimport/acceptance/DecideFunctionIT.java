package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertAnswered;
import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.event.ImportFunction;
import dev.bulkuserimport.support.JournalLines;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.MetricLines;
import dev.bulkuserimport.support.OktaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@TestProfile(DecideFunctionIT.OnlyDecisions.class)
@QuarkusTestResource(OktaResource.class)
@DisplayName("The function that takes decisions and does nothing else")
class DecideFunctionIT {

    public static final class OnlyDecisions implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("import.decide-function", "this");
        }
    }

    private static final String IMPORT =
            "{\"applicationId\":\"0oa1\",\"importOperation\":\"CREATE_AND_UPDATE\",\"sessionId\":\"aps1\",\"users\":[]}";

    @Inject
    @Named("import")
    ImportFunction function;

    private final JournalLines lines = new JournalLines();
    private final MetricLines.Kept metrics = new MetricLines.Kept();

    @AfterEach
    void close() {
        metrics.close();
        lines.close();
    }

    private void assertWrittenDown() {
        assertThat(lines.takenEnds()).containsExactly("not-found");
        assertThat(metrics.taken()).singleElement().satisfies(line -> assertThat(
                        line.path("FailedImports").asInt())
                .isEqualTo(1));
    }

    private Lambda.Result post(String path) {
        ObjectNode event = Lambda.sample("http-api-v2");
        event.put("rawPath", path).put("body", IMPORT).put("isBase64Encoded", false);
        ((ObjectNode) event.at("/requestContext/http")).put("method", "POST").put("path", path);
        return Lambda.invokeHere(function, event.toString());
    }

    @Test
    @DisplayName("writes down an import that it is asked for by invocation, and refuses it")
    void direct() {
        assertProblem(Lambda.invoke(IMPORT)).is("not-found");
        assertWrittenDown();
    }

    @Test
    @DisplayName("writes down an import that it is asked for over HTTP, and refuses it")
    void http() {
        assertAnswered(post("/imports").json()).is("not-found");
        assertWrittenDown();
    }

    @Test
    @DisplayName("writes down no import where another operation is asked for")
    void others() {
        assertProblem(Lambda.invoke("{\"action\":\"listApplications\"}")).is("not-found");
        assertAnswered(post("/applications/0oa1/sessions").json()).is("not-found");
        assertThat(lines.taken()).isEmpty();
        assertThat(metrics.taken()).isEmpty();
    }
}
