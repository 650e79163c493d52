package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * Real HTTP in front of a function, as an HTTP API is: each request becomes an event in payload format 2.0. Beside it are the files of a
 * folder, which a browser opens, and a way for the function's page to import a file here.
 */
public final class LocalGateway implements AutoCloseable {

    /** The path of the folder's files. */
    static final String FILES = "/local/";

    /** Where the page puts a file that is to be imported here. */
    static final String IMPORT = FILES + "import";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final RuntimeApi function;
    private final Path folder;
    private volatile Optional<String> importsInto = Optional.empty();

    LocalGateway(int port, RuntimeApi function, Path folder) throws IOException {
        this.function = function;
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::serve);
        server.createContext(FILES, this::file);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Lets the page import into an application of the embedded Okta. */
    void imports(LocalImports imports) {
        server.createContext(IMPORT, imports);
        importsInto = Optional.of(LocalFile.APP);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void file(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Path file = folder.resolve(Path.of(path).getFileName());
            if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            if (file.toString().endsWith(".html")) {
                exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            }
            exchange.sendResponseHeaders(200, Files.size(file));
            Files.copy(file, exchange.getResponseBody());
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            ObjectNode event = event(exchange, exchange.getRequestBody().readAllBytes());
            JsonNode answer = JSON.readTree(function.invoke(JSON.writeValueAsBytes(event), Duration.ofSeconds(60))
                    .body());
            boolean page = answer.at("/headers/Content-Type").asText().startsWith("text/html");
            String body = answer.path("body").asText("");
            byte[] text = (page ? here(body) : body).getBytes(StandardCharsets.UTF_8);
            answer.path("headers").properties().forEach(header -> exchange.getResponseHeaders()
                    .add(header.getKey(), header.getValue().asText()));
            exchange.sendResponseHeaders(answer.path("statusCode").asInt(500), text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
        }
    }

    /** The page with what it can't know of itself: that it is on the reader's own machine. */
    private String here(String page) {
        return importsInto
                .map(app -> page.replace("<body ", "<body data-local=\"" + IMPORT + "\" data-app=\"" + app + "\" "))
                .orElse(page);
    }

    private static ObjectNode event(HttpExchange exchange, byte[] body) {
        ObjectNode event = JSON.createObjectNode();
        String path = exchange.getRequestURI().getRawPath();
        event.put("version", "2.0").put("routeKey", "$default").put("rawPath", path);
        String query = exchange.getRequestURI().getRawQuery();
        event.put("rawQueryString", query == null ? "" : query);
        ObjectNode headers = event.putObject("headers");
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(",", values)));
        ObjectNode context = event.putObject("requestContext");
        context.put("stage", "$default").put("requestId", UUID.randomUUID().toString());
        context.putObject("http")
                .put("method", exchange.getRequestMethod())
                .put("path", path)
                .put("protocol", "HTTP/1.1");
        if (body.length > 0) {
            event.put("body", Base64.getEncoder().encodeToString(body));
        }
        event.put("isBase64Encoded", body.length > 0);
        return event;
    }
}
