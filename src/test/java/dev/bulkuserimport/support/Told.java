package dev.bulkuserimport.support;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** All that the function logs and prints, its metrics among it, for as long as this is open. What is printed goes nowhere else. */
public final class Told implements AutoCloseable {

    /** With its parameters, and without the stack trace of what was thrown. */
    private static final Formatter MESSAGE = new PatternFormatter("%s");

    private final StringBuffer logged = new StringBuffer();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream before = System.out;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.append(line.getLoggerName())
                    .append(' ')
                    .append(MESSAGE.format(line))
                    .append('\n');
            for (Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
                logged.append(cause).append('\n');
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

    private final Logger log;

    public Told() {
        this(Logger.getLogger(""));
    }

    /** Of the log, what one logger is told. */
    public Told(Logger log) {
        this.log = log;
        log.addHandler(handler);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    /** The log's lines and what was printed. */
    public String text() {
        return logged + printed.toString(StandardCharsets.UTF_8);
    }

    /** How many metric lines there are (Embedded Metric Format). */
    public long metricLines() {
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("{\"_aws\""))
                .count();
    }

    @Override
    public void close() {
        System.setOut(before);
        log.removeHandler(handler);
    }
}
