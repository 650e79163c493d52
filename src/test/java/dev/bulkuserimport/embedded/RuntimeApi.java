package dev.bulkuserimport.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lambda's Runtime API, as a function's process sees it. Source: "Using the Lambda runtime API for custom runtimes" in the Lambda developer
 * guide.
 */
public final class RuntimeApi implements AutoCloseable {

    private static final String INVOCATION = "/2018-06-01/runtime/invocation/";
    private static final String INIT_ERROR = "/2018-06-01/runtime/init/error";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "runtime-api");
        thread.setDaemon(true);
        return thread;
    });
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private volatile String ended;
    private final CompletableFuture<Long> firstPoll = new CompletableFuture<>();
    private final CompletableFuture<String> initError = new CompletableFuture<>();

    /**
     * What an invocation came to.
     *
     * @param body the answer, or the error's document
     * @param error whether it is a function error
     */
    public record Result(byte[] body, boolean error) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private record Invocation(String id, byte[] event, long deadline, CompletableFuture<Result> result) {

        void fail(String why) {
            result.completeExceptionally(new IllegalStateException(why));
        }
    }

    public RuntimeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Invokes the function and waits for its answer, for as long as it is told that it has. */
    public Result invoke(byte[] event, Duration timeout) {
        return invoke(event, timeout, timeout.plusSeconds(5));
    }

    /**
     * Invokes the function and waits for its answer.
     *
     * @param told how long the function is told that it has
     * @param patience how long is waited: longer where a busy machine must not matter
     */
    public Result invoke(byte[] event, Duration told, Duration patience) {
        Invocation invocation = new Invocation(
                UUID.randomUUID().toString(),
                event,
                System.currentTimeMillis() + told.toMillis(),
                new CompletableFuture<>());
        waiting.add(invocation);
        if (ended != null) {
            invocation.fail(ended);
        }
        try {
            return invocation.result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the function did not answer in " + patience, e);
        }
    }

    public Result invoke(String event) {
        return invoke(event.getBytes(StandardCharsets.UTF_8), Duration.ofMinutes(3));
    }

    /** When the function first asked for work, as a {@link System#nanoTime} value. */
    public long firstPoll() {
        try {
            return firstPoll.get(5, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the function never asked for work: " + e.getMessage(), e);
        }
    }

    /** Why the function did not start: the first error that it reported, as Lambda shows it. */
    public String initError() {
        try {
            return initError.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the function reported no error of its start", e);
        }
    }

    /** The function's process has ended: nobody needs to wait for it. */
    void ended(String why) {
        ended = why;
        firstPoll.completeExceptionally(new IllegalStateException(why));
        running.values().forEach(invocation -> invocation.fail(why));
        waiting.forEach(invocation -> invocation.fail(why));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (path.equals(INVOCATION + "next")) {
                firstPoll.complete(System.nanoTime());
                next(exchange);
            } else if (path.startsWith(INVOCATION)) {
                String[] parts = path.substring(INVOCATION.length()).split("/");
                Invocation invocation = running.remove(parts[0]);
                exchange.sendResponseHeaders(202, -1);
                if (invocation != null) {
                    invocation.result.complete(new Result(body, parts[1].equals("error")));
                }
            } else if (path.equals(INIT_ERROR)) {
                exchange.sendResponseHeaders(202, -1);
                String error = new String(body, StandardCharsets.UTF_8);
                initError.complete(error);
                firstPoll.completeExceptionally(new IllegalStateException(error));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        Invocation invocation;
        try {
            invocation = waiting.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        running.put(invocation.id, invocation);
        exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", invocation.id);
        exchange.getResponseHeaders().add("Lambda-Runtime-Deadline-Ms", String.valueOf(invocation.deadline));
        exchange.getResponseHeaders()
                .add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:import");
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, invocation.event.length == 0 ? -1 : invocation.event.length);
        exchange.getResponseBody().write(invocation.event);
    }
}
