package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.FormulaGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Everyone who is not unchanged in a snapshot, as a CSV file: who, the change, and the properties that differ. It is kept compressed, so
 * that a first snapshot of a million people fits in memory.
 */
public final class ChangeList {

    /** The change of a person. */
    public enum Change {
        NEW,
        CHANGED,
        GONE,
        MISSING,
        RETURNED,
        DEACTIVATED,
        /** Became a member of a group. */
        JOINED,
        /** Is no member of a group any more. */
        LEFT
    }

    private static final String HEADER = "\uFEFFexternalId,change,properties,group\r\n";

    /** Whatever another list separator would cut is quoted as well. */
    private static final Pattern SPECIAL = Pattern.compile("[\",;|\t\r\n]");

    /** How many external IDs of each kind are available without the whole list. */
    private static final int FIRST = 100;

    private final Map<Change, List<String>> first = new EnumMap<>(Change.class);
    private final ByteChunks packed = new ByteChunks();
    private final DeflaterOutputStream out = new DeflaterOutputStream(packed);
    private long bytes;
    private boolean finished;

    public ChangeList() {
        write(HEADER);
    }

    /** A person joins a group, or leaves it. */
    void add(String externalId, Change change, String group) {
        row(externalId, change, "", cell(group));
    }

    public void add(String externalId, Change change, List<String> properties) {
        row(externalId, change, cell(String.join(" ", properties)), "");
    }

    private void row(String externalId, Change change, String properties, String group) {
        List<String> ids = first.computeIfAbsent(change, kind -> new ArrayList<>());
        if (ids.size() < FIRST) {
            ids.add(externalId);
        }
        write(cell(externalId) + "," + change.name().toLowerCase(Locale.ROOT) + "," + properties + "," + group
                + "\r\n");
    }

    /** The external IDs of the first hundred people of some kinds, one kind after the other. */
    public List<String> first(Set<Change> kinds) {
        return first.entrySet().stream()
                .filter(kind -> kinds.contains(kind.getKey()))
                .flatMap(kind -> kind.getValue().stream())
                // A person may leave several groups.
                .distinct()
                .limit(FIRST)
                .toList();
    }

    /** The number of bytes in {@link #csv}. */
    public long bytes() {
        return bytes;
    }

    /** Opens the CSV at its beginning; nothing can be added afterwards. */
    public InputStream csv() {
        try {
            if (!finished) {
                out.finish();
                finished = true;
            }
            return new InflaterInputStream(packed.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(String text) {
        String safe = FormulaGuard.guarded(text);
        return SPECIAL.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private void write(String text) {
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        bytes += line.length;
        try {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
