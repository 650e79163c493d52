package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.problem.StackTraces;
import dev.bulkuserimport.support.Told;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The error edge")
class ErrorEdgeTest {

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    @DisplayName("names each problem's function error after it")
    void names(ProblemType type) {
        String pascal = Arrays.stream(type.slug().split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        assertThat(FunctionError.of(Problem.of(type, "x")).getClass().getName())
                .isEqualTo("dev.bulkuserimport.event.FunctionError$" + pascal + "Exception");
    }

    @Test
    @DisplayName("makes internal-error of a bug, with a request id and none of the bug's words")
    void bug() {
        Logger log = Logger.getLogger(ErrorEdge.class.getName());
        log.setUseParentHandlers(false);
        try (Told told = new Told(log)) {
            for (String id : new String[] {"c6af9ac6", null, " "}) {
                Problem problem =
                        new ErrorEdge(Optional.ofNullable(id)).problem(new IllegalStateException("isaac@example.com"));
                assertThat(problem.type()).isEqualTo(ProblemType.INTERNAL_ERROR);
                assertThat((String) problem.document().get("requestId")).isNotBlank();
                assertThat(problem.document().toString()).doesNotContain("isaac");
            }
            assertThat(told.text())
                    .contains("internal-error requestId=c6af9ac6")
                    .doesNotContain("isaac");
        } finally {
            log.setUseParentHandlers(true);
        }
    }

    @Test
    @DisplayName("keeps the request id under which the log has told of a bug already")
    void loggedBug() {
        Problem told = Problem.internalError("x", "logged");
        assertThat(new ErrorEdge(Optional.of("c6af9ac6")).problem(told.exception()))
                .isEqualTo(told);
    }

    @Test
    @DisplayName("knows after what a process can't go on")
    void fatal() {
        assertThat(Fatal.is(new OutOfMemoryError())).isTrue();
        assertThat(Fatal.is(new InternalError())).isTrue();
        assertThat(Fatal.is(new RuntimeException(new OutOfMemoryError()))).isTrue();
        assertThat(Fatal.is(new StackOverflowError())).isFalse();
        assertThat(Fatal.is(new NoClassDefFoundError())).isFalse();
        assertThat(Fatal.is(new RuntimeException())).isFalse();
    }

    @Test
    @DisplayName("prints places, no messages, and of an overflow's stack only a part")
    void traces() {
        RuntimeException bug = new RuntimeException("isaac@example.com", overflow());
        assertThat(StackTraces.of(bug))
                .contains("ErrorEdgeTest", "StackOverflowError")
                .doesNotContain("isaac@");
        assertThat(StackTraces.of(bug).lines().count()).isLessThan(200);
    }

    private static StackOverflowError overflow() {
        try {
            return endless(0) > 0 ? new StackOverflowError() : new StackOverflowError();
        } catch (StackOverflowError e) {
            return e;
        }
    }

    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    @Test
    @DisplayName("answers Lambda itself before a process ends")
    void lastWords() throws IOException {
        List<String> posted = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            posted.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        server.start();
        try {
            RuntimeAnswer answer =
                    new RuntimeAnswer("127.0.0.1:" + server.getAddress().getPort(), "id1");
            answer.error(FunctionError.of(Problem.of(ProblemType.INTERNAL_ERROR, "x")));
            answer.response("{}".getBytes(StandardCharsets.UTF_8));
        } finally {
            server.stop(0);
        }
        String type = "dev.bulkuserimport.event.FunctionError$InternalErrorException";
        assertThat(posted.get(0))
                .startsWith("/2018-06-01/runtime/invocation/id1/error " + type + " {\"errorType\":\"" + type + "\"");
        assertThat(posted.get(1)).isEqualTo("/2018-06-01/runtime/invocation/id1/response null {}");
    }
}
