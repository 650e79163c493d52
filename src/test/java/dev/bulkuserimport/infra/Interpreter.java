package dev.bulkuserimport.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulkuserimport.support.NodePackages;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;

/**
 * Runs state machines with the npm package {@code aws-local-stepfunctions}: their Task states are carried out by a function of the test,
 * and their waits are shortened. One at a time.
 */
public final class Interpreter implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process node = NodePackages.startNode("run.mjs");
    private final BufferedWriter orders = node.outputWriter(StandardCharsets.UTF_8);
    private final BufferedReader ends = node.inputReader(StandardCharsets.UTF_8);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer bridge;
    private volatile Tasks tasks;

    /** What stands behind the Task states. */
    @FunctionalInterface
    public interface Tasks {

        /**
         * Carries out one task.
         *
         * @param state the Task state's name
         * @param parameters what the state gives its resource
         * @return the resource's result
         */
        JsonNode run(String state, JsonNode parameters) throws TaskFailed;
    }

    /** A task's failure, as a state machine sees it. */
    public static final class TaskFailed extends Exception {

        private static final long serialVersionUID = 1;

        private final String error;

        public TaskFailed(String error, String cause) {
            super(cause);
            this.error = error;
        }

        String error() {
            return error;
        }
    }

    public Interpreter() {
        try {
            bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bridge.setExecutor(threads);
        bridge.createContext("/", this::serve);
        bridge.start();
    }

    /** A definition of {@code infra/}, by its name, as it is in AWS's partition {@code aws}. */
    public static ObjectNode definition(String name) {
        try {
            return (ObjectNode) JSON.readTree(
                    Files.readString(Path.of("infra", name + ".asl.json")).replace("${Partition}", "aws"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs one execution for each input, all side by side; what became of them, in the inputs' order.
     *
     * @param pause how long each wait, and each pause before a retry, takes
     */
    public List<Execution> run(JsonNode definition, Tasks behind, List<? extends JsonNode> inputs, Duration pause) {
        tasks = behind;
        ObjectNode order = JSON.createObjectNode()
                .put("bridge", "http://127.0.0.1:" + bridge.getAddress().getPort() + "/")
                .put("waitMillis", pause.toMillis())
                .put("retryMillis", pause.toMillis());
        order.set("definition", definition);
        order.putArray("inputs").addAll(inputs);
        try {
            orders.write(order.toString());
            orders.newLine();
            orders.flush();
            String line = ends.readLine();
            if (line == null) {
                throw new IllegalStateException("the interpreter of state machines has ended");
            }
            return StreamSupport.stream(JSON.readTree(line).spliterator(), false)
                    .map(Execution::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        node.destroyForcibly();
        bridge.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            ObjectNode answer = JSON.createObjectNode();
            try {
                String state = exchange.getRequestURI().getPath().substring(1);
                answer.set("result", tasks.run(state, JSON.readTree(exchange.getRequestBody())));
            } catch (TaskFailed failed) {
                answer.put("error", failed.error).put("cause", failed.getMessage());
            } catch (RuntimeException e) {
                answer.put("error", "TestFailed").put("cause", e.toString());
            }
            byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
