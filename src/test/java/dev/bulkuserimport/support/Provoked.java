package dev.bulkuserimport.support;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs of a failure that a test provokes: kept to be looked at, and off the console of a run that passes. */
public final class Provoked implements AutoCloseable {

    private final Logger logger;
    private final List<String> lines = new ArrayList<>();

    private final Handler taker = new Handler() {
        @Override
        public void publish(LogRecord line) {
            synchronized (lines) {
                lines.add(line.getMessage());
            }
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    };

    public Provoked(Class<?> logging) {
        logger = Logger.getLogger(logging.getName());
        logger.setUseParentHandlers(false);
        logger.addHandler(taker);
    }

    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        logger.removeHandler(taker);
        logger.setUseParentHandlers(true);
    }
}
