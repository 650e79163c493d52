package dev.bulkuserimport.okta;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that shows requests byte for byte, answers each with 202, and at first accepts no connection. */
final class PlainServer implements AutoCloseable {

    private static final int BACKLOG = 1;

    private final ServerSocket server;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Socket> waiting = new ArrayList<>();

    PlainServer() {
        try {
            server = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Fills the queue of connections, so that the kernel answers no further one. */
    void refuse() throws IOException {
        for (int i = 0; i < 50; i++) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 200);
                waiting.add(socket);
            } catch (SocketTimeoutException e) {
                socket.close();
                return;
            }
        }
    }

    /** Accepts whoever comes from now on. */
    void accept() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        daemon(() -> {
            while (true) {
                Socket socket = server.accept();
                daemon(() -> serve(socket));
            }
        });
    }

    /** Heads and bodies, as they came. */
    List<String> received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                StringBuilder request = new StringBuilder();
                while (request.indexOf("\r\n\r\n") < 0) {
                    int next = in.read();
                    if (next < 0) {
                        return;
                    }
                    request.append((char) next);
                }
                for (String line : request.toString().split("\r\n")) {
                    if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length: ")) {
                        byte[] body = in.readNBytes(Integer.parseInt(line.substring(16)));
                        request.append(new String(body, StandardCharsets.UTF_8));
                    }
                }
                received.add(request.toString());
                socket.getOutputStream()
                        .write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // The test is over, or the caller has hung up.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
