package dev.bulkuserimport.aws;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** An HTTP connection with a timeout for the whole exchange: a server that answers byte by byte never triggers the read timeout. */
public final class TimedConnection {

    private final HttpURLConnection connection;
    private final long millis;

    private TimedConnection(HttpURLConnection connection, long millis) {
        this.connection = connection;
        this.millis = millis;
    }

    /** A request and its answer on a connection. */
    @FunctionalInterface
    public interface Exchange<T> {
        T run(HttpURLConnection connection) throws IOException;
    }

    /** Creates a connection without connecting yet. */
    public static TimedConnection open(URI uri, Duration time) throws IOException {
        long millis = Math.max(1, time.toMillis());
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout((int) Math.min(Integer.MAX_VALUE, millis));
        connection.setReadTimeout((int) Math.min(Integer.MAX_VALUE, millis));
        connection.setUseCaches(false);
        return new TimedConnection(connection, millis);
    }

    /** Performs an exchange, which is aborted when its time is up. */
    public <T> T exchange(Exchange<T> exchange) throws IOException {
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(millis);
                        connection.disconnect();
                    } catch (InterruptedException e) {
                        // The exchange is over.
                    }
                },
                "aws-time-out");
        watch.setDaemon(true);
        watch.start();
        try {
            return exchange.run(connection);
        } finally {
            watch.interrupt();
        }
    }
}
