package dev.bulkuserimport.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A door in front of a local S3 that fails at chosen moments: by an answer, by silence, by a connection that is closed in the middle of a
 * body, or by an answer that is lost after everything was carried out.
 */
public final class FaultyS3 implements AutoCloseable {

    /** What goes wrong with a request. */
    public enum Kind {
        /** 503 without carrying anything out. */
        UNAVAILABLE,
        /** 403 without carrying anything out. */
        FORBIDDEN,
        /** 409, as for a conditional write that meets another. */
        CONFLICT,
        /** The connection is closed, and nothing carried out. */
        CLOSE_BEFORE,
        /** It is carried out, and its answer lost. */
        CLOSE_AFTER,
        /** The answer's head is whole, and half of its body missing: closed as if that were all. */
        HALF_BODY,
        /** It is carried out, and its answer has no ETag. */
        NO_ETAG,
        /** 400, as for an object whose KMS key is disabled. */
        KEY_DISABLED,
        /** 400, as for an object that is encrypted with a key of its uploader. */
        SSE_C,
        /** 403, as for an object in an archive. */
        ARCHIVED;

        /** Those that a random test may choose from: the others are there until someone does something about them. */
        public static final List<Kind> RANDOM =
                List.of(UNAVAILABLE, FORBIDDEN, CONFLICT, CLOSE_BEFORE, CLOSE_AFTER, HALF_BODY, NO_ETAG);
    }

    /** What whoever asks is allowed to do. */
    public interface Permissions {

        /**
         * Whether a request is allowed.
         *
         * @param line its method and target
         * @param head its head, with the first line
         */
        boolean allow(String line, String head);

        /** Whether it may be told that an object doesn't exist. */
        boolean mayList();
    }

    /** What S3 answers in place of carrying something out: the status, and the error's code. */
    private static final Map<Kind, String> REFUSALS = Map.of(
            Kind.UNAVAILABLE, "503 Slow Down,SlowDown",
            Kind.FORBIDDEN, "403 Forbidden,AccessDenied",
            Kind.CONFLICT, "409 Conflict,ConditionalRequestConflict",
            Kind.KEY_DISABLED, "400 Bad Request,KMS.DisabledException",
            Kind.SSE_C, "400 Bad Request,InvalidRequest",
            Kind.ARCHIVED, "403 Forbidden,InvalidObjectState");

    private static final class Rule {
        private final Kind kind;
        private final String matches;
        private int skip;
        private int times;

        Rule(Kind kind, String matches, int skip, int times) {
            this.kind = kind;
            this.matches = matches;
            this.skip = skip;
            this.times = times;
        }
    }

    private static final Permissions EVERYTHING = new Permissions() {
        @Override
        public boolean allow(String line, String head) {
            return true;
        }

        @Override
        public boolean mayList() {
            return true;
        }
    };

    /** A time in a listing. */
    private static final Pattern WRITTEN = Pattern.compile("(?<=<LastModified>)[^<]+");

    private static final Pattern PUT = Pattern.compile("(?<=\r\nLast-Modified: )[^\r]+", Pattern.CASE_INSENSITIVE);

    private static final DateTimeFormatter PUT_TIME = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final URI behind;
    private final ServerSocket door;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private Consumer<String> listener = request -> {};
    private volatile Permissions permissions = EVERYTHING;
    private Duration listedEarlier = Duration.ZERO;
    private final Map<String, Duration> putEarlier = new HashMap<>();

    public FaultyS3(String url) {
        behind = URI.create(url);
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(this::accept, "faulty-s3");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    public String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hits requests whose method and target contain the text, after {@code skip} that it lets pass, as often as {@code times}. */
    public synchronized void fault(Kind kind, String matches, int skip, int times) {
        rules.add(new Rule(kind, matches, skip, times));
    }

    public synchronized void heal() {
        rules.clear();
        received.clear();
        listedEarlier = Duration.ZERO;
        putEarlier.clear();
    }

    /** A look at the object whose key ends so shows it as if it had been put so much earlier. */
    public synchronized void putEarlier(String key, Duration time) {
        putEarlier.put(key, time);
    }

    private synchronized byte[] putEarlier(String line, byte[] answer) {
        String path = line.substring(line.indexOf(' ') + 1).replaceFirst("\\?.*", "");
        Optional<Duration> time = putEarlier.entrySet().stream()
                .filter(entry -> path.endsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (time.isEmpty()) {
            return answer;
        }
        return PUT.matcher(new String(answer, StandardCharsets.ISO_8859_1))
                .replaceFirst(found -> PUT_TIME.format(
                        PUT_TIME.parse(found.group(), ZonedDateTime::from).minus(time.get())))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Listings tell of everything as if it had been written so much earlier. */
    public synchronized void listedEarlier(Duration time) {
        listedEarlier = time;
    }

    private synchronized byte[] earlier(byte[] listing) {
        if (listedEarlier.isZero()) {
            return listing;
        }
        return WRITTEN.matcher(new String(listing, StandardCharsets.ISO_8859_1))
                .replaceAll(found -> earlier(found.group()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Of the same length, as the listing's head has told it. */
    private String earlier(String written) {
        String time = Instant.parse(written).minus(listedEarlier).toString();
        return time.substring(0, 19) + written.substring(19);
    }

    /** Called with the method and target of each request before anything is done with it, for example to kill the caller. */
    public synchronized void listener(Consumer<String> heard) {
        listener = heard;
    }

    /** From now on, whoever asks may do this; at first, everything. */
    public void permissions(Permissions allowed) {
        permissions = allowed;
    }

    /** Methods and targets, in the order in which they came. */
    public synchronized List<String> received() {
        return new ArrayList<>(received);
    }

    private Rule rule(String line) {
        // Not under the lock: whoever listens may send requests too.
        heard(line).accept(line);
        return matching(line);
    }

    private synchronized Consumer<String> heard(String line) {
        received.add(line);
        return listener;
    }

    private synchronized Rule matching(String line) {
        for (Rule rule : rules) {
            if (line.contains(rule.matches) && rule.skip-- <= 0 && rule.times-- > 0) {
                return rule;
            }
        }
        return null;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread exchange = new Thread(() -> serve(client), "faulty-s3-exchange");
                exchange.setDaemon(true);
                exchange.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    /** One request after the other, as long as the client keeps its connection: opening one costs as much as a request. */
    private void serve(Socket client) {
        try (client;
                S3Connection s3 = new S3Connection(behind)) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            while (!door.isClosed() && exchange(client, in, s3)) {}
        } catch (IOException | UncheckedIOException e) {
            // Whoever asked has gone, or a listener has cut the connection.
        }
    }

    /** @return whether another request may follow */
    private boolean exchange(Socket client, InputStream in, S3Connection s3) throws IOException {
        String head = S3Connection.head(in).strip();
        if (head.isEmpty()) {
            return false;
        }
        if (head.toLowerCase(Locale.ROOT).contains("expect: 100-continue")) {
            write(client, "HTTP/1.1 100 Continue\r\n\r\n");
        }
        byte[] body = in.readNBytes(S3Connection.length(head));
        String line = head.substring(0, head.indexOf(" HTTP/"));
        Rule rule = rule(line);
        Kind kind = rule == null ? null : rule.kind;
        if (kind == Kind.CLOSE_BEFORE) {
            return false;
        }
        if (kind == null && !permissions.allow(line, head)) {
            kind = Kind.FORBIDDEN;
        }
        if (kind != null && REFUSALS.containsKey(kind)) {
            write(client, refusal(line, REFUSALS.get(kind)));
            return false;
        }
        byte[] answer = s3.answer(head, body);
        if (line.contains("list-type=2")) {
            answer = earlier(answer);
        }
        if (line.startsWith("HEAD ")) {
            answer = putEarlier(line, answer);
        }
        if (isMissing(answer) && !permissions.mayList()) {
            write(client, refusal(line, REFUSALS.get(Kind.FORBIDDEN)));
            return false;
        }
        if (kind == Kind.CLOSE_AFTER) {
            return false;
        }
        if (kind == Kind.NO_ETAG) {
            answer = new String(answer, StandardCharsets.ISO_8859_1)
                    .replaceFirst("(?i)\r\nETag: [^\r]*", "")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
        int end = answer.length;
        if (kind == Kind.HALF_BODY) {
            int start = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
            end = start + (answer.length - start) / 2;
        }
        client.getOutputStream().write(answer, 0, end);
        client.getOutputStream().flush();
        return kind == null && s3.isKept();
    }

    private static boolean isMissing(byte[] answer) {
        return answer.length > 12 && new String(answer, 9, 3, StandardCharsets.ISO_8859_1).equals("404");
    }

    private static String refusal(String line, String answer) {
        String status = answer.substring(0, answer.indexOf(','));
        String code = answer.substring(answer.indexOf(',') + 1);
        String body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>injected</Message></Error>";
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/xml\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + (line.startsWith("HEAD ") ? "" : body);
    }

    private static void write(Socket client, String text) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
