package dev.bulkuserimport.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The connection to the S3 behind a {@link FaultyS3}: kept from one request to the next, opened anew where that S3 has closed it. */
final class S3Connection implements AutoCloseable {

    private final URI s3;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();
    private boolean kept;

    S3Connection(URI s3) {
        this.s3 = s3;
    }

    /** Whether the last answer left the connection open. */
    boolean isKept() {
        return kept;
    }

    /** What is answered to a request, byte by byte. */
    byte[] answer(String head, byte[] body) throws IOException {
        open();
        StringBuilder request = new StringBuilder();
        for (String line : head.split("\r\n")) {
            String name = line.toLowerCase(Locale.ROOT);
            if (!name.startsWith("connection:") && !name.startsWith("expect:")) {
                request.append(line).append("\r\n");
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        OutputStream server = socket.getOutputStream();
        out.writeTo(server);
        server.flush();
        return answer(head.startsWith("HEAD "));
    }

    private void open() throws IOException {
        if (!kept) {
            socket.close();
            socket = new Socket(s3.getHost(), s3.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }
        kept = false;
    }

    private byte[] answer(boolean headOnly) throws IOException {
        String head = head(in);
        if (!head.endsWith("\r\n\r\n")) {
            throw new EOFException("S3 has closed the connection");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        kept = header(head, "connection").filter("close"::equalsIgnoreCase).isEmpty();
        boolean empty = headOnly || head.startsWith("204", 9) || head.startsWith("304", 9);
        if (empty) {
            return all.toByteArray();
        }
        if (header(head, "transfer-encoding").isPresent()) {
            chunks(all);
        } else if (header(head, "content-length").isPresent()) {
            all.writeBytes(in.readNBytes(length(head)));
        } else {
            kept = false;
            in.transferTo(all);
        }
        return all.toByteArray();
    }

    /** As they come, up to the one of no bytes, behind which S3 has no trailers. */
    private void chunks(ByteArrayOutputStream all) throws IOException {
        int size;
        do {
            String line = line();
            size = Integer.parseInt(line.strip(), 16);
            all.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
            all.writeBytes(in.readNBytes(size + 2));
        } while (size > 0);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int b;
        while ((b = in.read()) >= 0) {
            line.append((char) b);
            if (b == '\n') {
                return line.toString();
            }
        }
        throw new EOFException("S3 has closed the connection");
    }

    /** A message's head up to its empty line, or what there is of it. */
    static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last4 = 0;
        int b;
        while ((b = in.read()) >= 0) {
            head.write(b);
            last4 = last4 << 8 | b;
            if (last4 == 0x0D0A0D0A) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** The length of a message's body by its head. */
    static int length(String head) {
        return header(head, "content-length").map(Integer::parseInt).orElse(0);
    }

    private static Optional<String> header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
