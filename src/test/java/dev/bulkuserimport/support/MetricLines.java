package dev.bulkuserimport.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Takes the metrics' lines out of standard output, where CloudWatch reads them and a person doesn't want to: what else is printed passes.
 * A test that checks them keeps them by one of these of its own.
 */
public final class MetricLines extends PrintStream {

    private static final String EMBEDDED_METRICS = "{\"_aws\":";

    private final PrintStream console = System.out;
    private final Consumer<String> taker;

    private MetricLines(Consumer<String> taker) {
        super(System.out, true);
        this.taker = taker;
        System.setOut(this);
    }

    @Override
    public void println(String line) {
        if (line != null && line.startsWith(EMBEDDED_METRICS)) {
            taker.accept(line);
        } else {
            console.println(line);
        }
    }

    /** Gives standard output back as it was. */
    @Override
    public void close() {
        System.setOut(console);
    }

    /** The lines that are printed from now on. */
    public static final class Kept implements AutoCloseable {

        private final List<String> lines = new ArrayList<>();
        private final MetricLines out = new MetricLines(this::add);

        private synchronized void add(String line) {
            lines.add(line);
        }

        /** The metrics of each import that were printed since the last time. */
        public synchronized List<JsonNode> taken() {
            List<JsonNode> taken = lines.stream().map(Lambda::parse).toList();
            lines.clear();
            return taken;
        }

        @Override
        public void close() {
            out.close();
        }
    }

    /** Keeps them off the console in all tests. JUnit finds it by its name in META-INF/services. */
    public static final class Unread implements TestExecutionListener {

        @Override
        public void testPlanExecutionStarted(TestPlan tests) {
            new MetricLines(line -> {});
        }

        @Override
        public void testPlanExecutionFinished(TestPlan tests) {
            if (System.out instanceof MetricLines unread) {
                unread.close();
            }
        }
    }
}
