package dev.bulkuserimport.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The parts of a workbook, by name. The file is stored on disk while it is read, because a zip's directory is at its end, and is deleted
 * when it is closed. Names are matched ignoring case, and with backslashes, which some programs write.
 */
final class WorkbookParts implements Closeable {

    /** The most bytes of the compressed file; Lambda's disk has 512 MB. */
    private static final long MOST_PACKED = 200_000_000;

    /** The most parts whose names are compared; a workbook has some dozens. */
    private static final int MOST_PARTS = 20_000;

    private final ZipFile zip;
    private final long most;
    private Optional<Map<String, ZipEntry>> byFoldedName = Optional.empty();

    private WorkbookParts(ZipFile zip, long most) {
        this.zip = zip;
        this.most = most;
    }

    /**
     * Stores a file and opens it.
     *
     * @param most the most bytes of a part, unpacked
     */
    static WorkbookParts open(InputStream file, long most) throws IOException {
        Path path = Files.createTempFile("import", ".xlsx");
        try {
            try (InputStream in = file;
                    OutputStream out = Files.newOutputStream(path)) {
                BoundedStream.ofFile(in, MOST_PACKED).transferTo(out);
            }
            return new WorkbookParts(new ZipFile(path.toFile(), ZipFile.OPEN_READ | ZipFile.OPEN_DELETE), most);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            if (e instanceof ZipException) {
                throw damaged();
            }
            throw e;
        }
    }

    boolean has(String name) {
        return entry(name).isPresent();
    }

    /** The bytes of a part; empty if there is none with this name. */
    Optional<InputStream> stream(String name) throws IOException {
        Optional<ZipEntry> entry = entry(name);
        return entry.isEmpty()
                ? Optional.empty()
                : Optional.of(BoundedStream.ofFile(zip.getInputStream(entry.get()), most));
    }

    /** The XML of a part; empty if there is none with this name. */
    Optional<SheetXml> xml(String name) throws IOException {
        Optional<InputStream> in = stream(name);
        return in.isEmpty() ? Optional.empty() : Optional.of(new SheetXml(in.get()));
    }

    /** The name of the part that a part in {@code folder} refers to as {@code target}. */
    static String absolute(String folder, String target) {
        String named = target.replace('\\', '/');
        String whole = named.startsWith("/") ? named.substring(1) : folder + named;
        Deque<String> path = new ArrayDeque<>();
        for (String name : whole.split("/", -1)) {
            if (name.equals("..") && !path.isEmpty()) {
                path.removeLast();
            } else if (!name.equals(".")) {
                path.addLast(name);
            }
        }
        return String.join("/", path);
    }

    static RuntimeException damaged() {
        return Malformed.whole("The workbook (.xlsx) is damaged or was cut off: save it again");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private Optional<ZipEntry> entry(String name) {
        return Optional.ofNullable(zip.getEntry(name)).or(() -> {
            if (byFoldedName.isEmpty()) {
                byFoldedName = Optional.of(foldedNames());
            }
            return Optional.ofNullable(byFoldedName.get().get(folded(name)));
        });
    }

    private Map<String, ZipEntry> foldedNames() {
        Map<String, ZipEntry> names = new HashMap<>();
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements() && names.size() < MOST_PARTS) {
            ZipEntry entry = entries.nextElement();
            names.putIfAbsent(folded(entry.getName()), entry);
        }
        return names;
    }

    private static String folded(String name) {
        String folded = name.replace('\\', '/').toLowerCase(Locale.ROOT);
        return folded.startsWith("/") ? folded.substring(1) : folded;
    }
}
