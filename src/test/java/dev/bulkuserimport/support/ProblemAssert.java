package dev.bulkuserimport.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractStringAssert;

/** What a failure must say, wherever it stands: a function error, an HTTP answer, a report. */
public final class ProblemAssert extends AbstractAssert<ProblemAssert, JsonNode> {

    private ProblemAssert(JsonNode problem) {
        super(problem, ProblemAssert.class);
        as("%s", problem);
    }

    /** The problem of a function error, whose type must be named after it. */
    public static ProblemAssert assertProblem(Lambda.Result result) {
        assertThat(result.isFunctionError()).as(result.json()::toString).isTrue();
        JsonNode problem = result.problem();
        String name = problem.path("type").asText().replaceAll(".*:", "");
        String pascal = Arrays.stream(name.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        assertThat(result.errorType())
                .isEqualTo("dev.bulkuserimport.event.FunctionError$%sException".formatted(pascal));
        return new ProblemAssert(problem);
    }

    /** The problem that is the body of an HTTP answer, whose status must be its own. */
    public static ProblemAssert assertAnswered(JsonNode answer) {
        assertThat(answer.at("/headers/Content-Type").asText())
                .as(answer::toString)
                .isEqualTo("application/problem+json");
        JsonNode problem = Lambda.parse(answer.path("body").asText());
        return assertProblem(problem).has("status", answer.path("statusCode").asInt());
    }

    /** The problem of a report. */
    public static ProblemAssert assertReported(JsonNode report) {
        assertThat(report.has("problem")).as(report::toString).isTrue();
        return assertProblem(report.path("problem"));
    }

    /** A problem document. */
    public static ProblemAssert assertProblem(JsonNode problem) {
        return new ProblemAssert(problem);
    }

    /** It is this row of the contract's table, and has what every problem has. */
    public ProblemAssert is(String name) {
        member("type").isEqualTo("urn:bulk-user-import:problem:" + name);
        member("title").isNotBlank();
        member("detail").isNotBlank();
        assertThat(actual.path("status").asInt()).as(descriptionText()).isBetween(400, 599);
        assertThat(actual.path("recordsImported").isInt()).as(descriptionText()).isTrue();
        return this;
    }

    /** Its detail holds all of these. */
    public ProblemAssert says(CharSequence... parts) {
        member("detail").contains(parts);
        return this;
    }

    /** Its detail holds none of these. */
    public ProblemAssert hides(CharSequence... values) {
        assertThat(actual.toString()).doesNotContain(values);
        return this;
    }

    /** A member, or one within a member ({@code /errors/0/field}), has this value, as text. */
    public ProblemAssert has(String member, Object value) {
        member(member).isEqualTo(String.valueOf(value));
        return this;
    }

    /** Of these records nothing is known but this. */
    public ProblemAssert hasNotImported(String outcome, int count) {
        return has("/notImported/0/outcome", outcome).has("/notImported/0/count", count);
    }

    /** For what only one test asks. */
    public JsonNode document() {
        return actual;
    }

    private AbstractStringAssert<?> member(String name) {
        JsonNode member = actual.at(name.startsWith("/") ? name : "/" + name);
        return assertThat(member.asText()).as("%s of %s", name, actual);
    }
}
