package dev.bulkuserimport.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an input costs grows as the input does, for everything that an outsider can shape. Each input is made in three sizes, each twice the
 * one before; the steps that the function's code takes and the bytes that it allocates may then grow to little more than four times as many.
 * Times are in the table {@code target/cost.md}, and not checked.
 */
@DisplayName("Twice the input costs twice as much:")
class LinearCostTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Path TABLE = Path.of(System.getProperty("build.directory", "target"), "cost.md");

    /** How much four times the input may cost; for a cost of which only a tenth is quadratic it is more. */
    private static final double MOST = 5;

    /** What a cost may always grow by: buffers, tables that grow by leaps. */
    private static final long SPARE_STEPS = 2_000;

    private static final long SPARE_BYTES = 500_000;

    /** Each is a list of inputs, in the package whose code it reaches. */
    private static final List<String> LISTS = List.of(
            "source.SourceCosts",
            "snapshot.SnapshotCosts",
            "report.ReportCosts",
            "card.CardCosts",
            "event.EventCosts",
            "okta.OktaCosts",
            "file.FileCosts");

    private static final List<String> ROWS = new ArrayList<>();

    private record Cost(int elements, long bytes, long steps, long allocated, long nanos) {}

    static List<Input> inputs() throws ReflectiveOperationException {
        CountedCode code = new CountedCode();
        List<Input> inputs = new ArrayList<>();
        for (String list : LISTS) {
            inputs.addAll(inputs(code, list));
        }
        return inputs;
    }

    @SuppressWarnings("unchecked")
    private static List<Input> inputs(ClassLoader code, String list) throws ReflectiveOperationException {
        return ((Supplier<List<Input>>) code.loadClass("dev.bulkuserimport." + list)
                        .getConstructor()
                        .newInstance())
                .get();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void linear(Input input) throws Exception {
        cost(input, input.smallest());
        List<Cost> costs = new ArrayList<>();
        for (int times : new int[] {1, 2, 4}) {
            costs.add(cost(input, times * input.smallest()));
        }
        costs.forEach(cost -> ROWS.add(row(input, cost)));
        Cost least = costs.get(0);
        Cost most = costs.get(2);
        assertThat(most.bytes()).as("bytes of the input").isBetween(2 * least.bytes(), 5 * least.bytes());
        assertThat((double) most.steps()).as("steps of %s", costs).isLessThan(MOST * least.steps() + SPARE_STEPS);
        assertThat((double) most.allocated())
                .as("bytes allocated of %s", costs)
                .isLessThan(MOST * least.allocated() + SPARE_BYTES);
    }

    private static Cost cost(Input input, int elements) throws Exception {
        Input.Sized sized = input.sized().apply(elements);
        long steps = Steps.count();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        sized.work().call();
        return new Cost(
                elements,
                sized.bytes(),
                Steps.count() - steps,
                THREADS.getCurrentThreadAllocatedBytes() - allocated,
                THREADS.getCurrentThreadCpuTime() - nanos);
    }

    private static String row(Input input, Cost cost) {
        return "| %s | %,d | %,d | %,d | %,d | %.1f |"
                .formatted(
                        input.name(),
                        cost.elements(),
                        cost.bytes(),
                        cost.steps(),
                        cost.allocated(),
                        cost.nanos() / 1e6);
    }

    @AfterAll
    static void print() throws IOException {
        Files.createDirectories(TABLE.getParent());
        Files.writeString(
                TABLE,
                "| input | elements | bytes | steps | bytes allocated | CPU, ms |\n|---|---:|---:|---:|---:|---:|\n"
                        + String.join("\n", ROWS) + "\n");
    }
}
