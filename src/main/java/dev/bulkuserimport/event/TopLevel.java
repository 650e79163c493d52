package dev.bulkuserimport.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.JsonInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The positions of an event's top-level members. Values are skipped byte by byte and neither decoded nor checked, so a field after
 * megabytes of users costs little more than reading the bytes. If the JSON is cut off or invalid, the members before that point are known;
 * the error is found when the value is read.
 */
final class TopLevel {

    private static final int LONGEST_NAME = 64;

    private final ByteChunks event;
    private final Map<String, Value> values = new HashMap<>();
    private String last = "";

    private TopLevel(ByteChunks event) {
        this.event = event;
    }

    /**
     * A member's value.
     *
     * @param start its first byte
     * @param end the byte after its last one
     */
    private record Value(int start, int end) {}

    /** Finds the members with these names; of two with the same name, the last one counts. */
    static TopLevel of(ByteChunks event, Set<String> names) {
        TopLevel top = new TopLevel(event);
        top.scan(names);
        return top;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Whether it is the last member. */
    boolean isLast(String name) {
        return last.equals(name);
    }

    /** The member's text; empty if it isn't a string or can't be decoded. */
    Optional<String> text(String name) {
        if (!startsWith(name, '"')) {
            return Optional.empty();
        }
        try (JsonParser json = open(name)) {
            return json.nextToken() == JsonToken.VALUE_STRING ? Optional.of(json.getText()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean isTrue(String name) {
        return startsWith(name, 't');
    }

    boolean isArray(String name) {
        return startsWith(name, '[');
    }

    boolean isObject(String name) {
        return startsWith(name, '{');
    }

    boolean isText(String name) {
        return startsWith(name, '"');
    }

    /** The value's first byte, which for a string is its quote. */
    int start(String name) {
        return known(name).start();
    }

    /** A parser of the value alone. */
    JsonParser open(String name) throws IOException {
        Value value = known(name);
        return JsonInput.FACTORY.createParser(event.stream(value.start(), value.end() - value.start()));
    }

    private Value known(String name) {
        return Optional.ofNullable(values.get(name)).orElseThrow();
    }

    private boolean startsWith(String name, char first) {
        return has(name) && event.get(known(name).start()) == first;
    }

    private void scan(Set<String> names) {
        int at = space(mark());
        if (byteAt(at) != '{') {
            return;
        }
        at = space(at + 1);
        while (byteAt(at) == '"') {
            int nameEnd = stringEnd(at + 1);
            int colon = space(nameEnd);
            if (byteAt(colon) != ':') {
                return;
            }
            int start = space(colon + 1);
            if (start >= event.size()) {
                return;
            }
            int end = valueEnd(start);
            String name = name(at, nameEnd);
            if (names.contains(name)) {
                values.put(name, new Value(start, end));
            }
            int comma = space(end);
            if (byteAt(comma) != ',') {
                last = name;
                return;
            }
            at = space(comma + 1);
        }
    }

    /** The position after a byte order mark. */
    private int mark() {
        return byteAt(0) == (byte) 0xEF && byteAt(1) == (byte) 0xBB && byteAt(2) == (byte) 0xBF ? 3 : 0;
    }

    private String name(int quote, int end) {
        int length = end - quote;
        if (length > LONGEST_NAME) {
            return "";
        }
        byte[] bytes = new byte[length];
        boolean escaped = false;
        for (int i = 0; i < length; i++) {
            bytes[i] = event.get(quote + i);
            escaped |= bytes[i] == '\\';
        }
        if (!escaped) {
            return length < 2 ? "" : new String(bytes, 1, length - 2, StandardCharsets.UTF_8);
        }
        try (JsonParser json = JsonInput.FACTORY.createParser(bytes)) {
            return json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private int valueEnd(int start) {
        byte first = event.get(start);
        if (first == '"') {
            return stringEnd(start + 1);
        }
        return first == '{' || first == '[' ? nestedEnd(start) : scalarEnd(start);
    }

    /** The position after the closing quote, or the event's end. */
    private int stringEnd(int from) {
        int size = event.size();
        int at = from;
        while (at < size) {
            byte next = event.get(at++);
            if (next == '"') {
                return at;
            }
            if (next == '\\') {
                at++;
            }
        }
        return size;
    }

    /** The position after the bracket that closes the one at {@code from}, or the event's end. */
    private int nestedEnd(int from) {
        int size = event.size();
        int depth = 0;
        int at = from;
        while (at < size) {
            byte next = event.get(at++);
            switch (next) {
                case '"' -> at = stringEnd(at);
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (--depth == 0) {
                        return at;
                    }
                }
                default -> {
                    // Skipped.
                }
            }
        }
        return size;
    }

    private int scalarEnd(int from) {
        int at = from;
        while (at < event.size() && !isSpace(event.get(at)) && ",}]".indexOf(event.get(at)) < 0) {
            at++;
        }
        return at;
    }

    private int space(int from) {
        int at = from;
        while (at < event.size() && isSpace(event.get(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    private byte byteAt(int at) {
        return at < event.size() ? event.get(at) : 0;
    }
}
