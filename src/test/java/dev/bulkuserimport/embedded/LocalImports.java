package dev.bulkuserimport.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Imports a file that the function's page puts here: {@code POST ?name=…&operation=…&mappingBytes=…} with the mapping's bytes and behind them
 * the file's. Answers with a line for each thing that happens, and at last, without a line's end, where the report's page is.
 */
final class LocalImports implements HttpHandler {

    private static final Map<String, String> FOLDERS = Map.of(
            "CREATE_AND_UPDATE", "create-and-update",
            "SNAPSHOT", "snapshot",
            "DEACTIVATE_AND_DELETE", "deactivate-and-delete");

    private static final int LONGEST_NAME = 100;

    private final LocalFile file;
    private final Path uploads;

    /** @param folder where uploads are kept */
    LocalImports(LocalFile file, Path folder) {
        this.file = file;
        this.uploads = folder.resolve("uploads");
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = query(exchange);
            String folder = FOLDERS.get(query.getOrDefault("operation", ""));
            // A form of another site can't send this type without asking first, and it isn't answered.
            boolean ours = "application/octet-stream"
                    .equals(exchange.getRequestHeaders().getFirst("Content-Type"));
            if (!exchange.getRequestMethod().equals("POST") || !ours || folder == null) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            Files.createDirectories(uploads);
            Path upload = uploads.resolve(harmless(query.getOrDefault("name", "people.csv")));
            Optional<Path> mapping = Optional.empty();
            try (InputStream body = exchange.getRequestBody()) {
                byte[] json = body.readNBytes(Integer.parseInt(query.getOrDefault("mappingBytes", "0")));
                if (json.length > 0) {
                    mapping = Optional.of(Files.write(uploads.resolve("mapping.json"), json));
                }
                Files.copy(body, upload, StandardCopyOption.REPLACE_EXISTING);
            }
            exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            LocalFile.Imported imported = file.run(upload, folder, mapping, line -> print(out, line + "\n"));
            print(out, imported.page().map(LocalImports::address).orElse(""));
        }
    }

    /** Where the report's page is served. */
    static String address(String page) {
        return LocalGateway.FILES
                + URLEncoder.encode(page, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A file's name without what means something in a path, an address or a page. */
    static String harmless(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}._ -]", "_");
        return plain.substring(Math.max(0, plain.length() - LONGEST_NAME)).replaceFirst("^[._ ]+", "");
    }

    private static void print(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[parts.length - 1], StandardCharsets.UTF_8));
        }
        return query;
    }
}
