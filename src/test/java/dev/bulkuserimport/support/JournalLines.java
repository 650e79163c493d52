package dev.bulkuserimport.support;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Listens to the journal: each import that was asked for is one line, however it ends. */
public final class JournalLines extends Handler implements AutoCloseable {

    private static final Logger JOURNAL = Logger.getLogger("import");

    private final List<String> lines = new ArrayList<>();

    public JournalLines() {
        JOURNAL.addHandler(this);
    }

    /** The imports of which a line was written since the last time; what is only on its way, or comes again, is none. */
    public synchronized List<String> taken() {
        List<String> taken = new ArrayList<>(lines);
        lines.clear();
        return taken;
    }

    /** How the imports ended of which a line was written since the last time: {@code imported}, or a problem's name. */
    public List<String> takenEnds() {
        return taken().stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    @Override
    public synchronized void publish(LogRecord line) {
        if (!line.getMessage().startsWith("progress ")) {
            lines.add(line.getMessage());
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        JOURNAL.removeHandler(this);
    }
}
