package dev.bulkuserimport.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Mock as a process of its own, from the JAR that the build puts beside the classes. */
public final class S3MockProcess implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 300_000;

    /** Where the shared one is: Quarkus loads this class anew for each of its starts, so a static field would be one of many. */
    private static final String SHARED = "dev.bulkuserimport.s3mock";

    private final Optional<Process> process;
    private final String url;
    private final S3Client client;

    /** The one that all tests of this JVM share, with buckets of their own. It ends with the JVM. */
    public static S3MockProcess shared(Path build) {
        // A lock that is the same one for all class loaders.
        synchronized (ProcessBuilder.class) {
            if (System.getProperty(SHARED) == null) {
                System.setProperty(SHARED, new S3MockProcess(build).url());
            }
            return new S3MockProcess(System.getProperty(SHARED));
        }
    }

    private S3MockProcess(String url) {
        this.url = url;
        process = Optional.empty();
        client = client(url);
    }

    public S3MockProcess(Path build) {
        try {
            int port = freePort();
            url = "http://127.0.0.1:" + port;
            Path home = Files.createDirectories(build.resolve("s3mock"));
            Process started = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            home.resolve("s3mock.jar").toAbsolutePath().toString(),
                            "--server.port=0",
                            // Its own 30 seconds cut off a large object that is read as slowly as it is imported.
                            "--spring.mvc.async.request-timeout=600000",
                            "--com.adobe.testing.s3mock.http-port=" + port)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("s3mock-" + port + ".log").toFile())
                    .start();
            process = Optional.of(started);
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            waitUntilUp(started);
            client = client(url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The endpoint, for {@code AWS_ENDPOINT_URL_S3}. */
    public String url() {
        return url;
    }

    /** A client of it, closed with it. */
    public S3Client client() {
        return client;
    }

    /** Another client of one at that endpoint. */
    public static S3Client client(String url) {
        return S3Client.builder()
                .endpointOverride(URI.create(url))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .forcePathStyle(true)
                .build();
    }

    @Override
    public void close() {
        client.close();
        process.ifPresent(Process::destroyForcibly);
    }

    private void waitUntilUp(Process started) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (System.currentTimeMillis() < end && started.isAlive()) {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) URI.create(url + "/").toURL().openConnection();
                connection.setConnectTimeout(60_000);
                connection.setReadTimeout(60_000);
                if (connection.getResponseCode() > 0) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("S3Mock did not start");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
