package dev.bulkuserimport.file;

import dev.bulkuserimport.config.GivenSettings;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.cost.Input;
import dev.bulkuserimport.cost.Input.Sized;
import dev.bulkuserimport.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What of an object's name and metadata can be made long. */
public final class FileCosts implements Supplier<List<Input>> {

    @Override
    public List<Input> get() {
        Settings settings = GivenSettings.with();
        return List.of(
                key("folders", 100, "snapshot/"::repeat, key -> FileSettings.of(key + "a.csv", Map.of(), settings)),
                key("digits", 500, "1"::repeat, key -> PartName.isPart(key + "_of_x")),
                key("parts", 100, "part-"::repeat, PartName::isPart),
                key("folders of a tool", 100, "a/"::repeat, LeftBehind::is),
                new Input("metadata: names", 200, n -> {
                    Map<String, String> metadata =
                            IntStream.range(0, n).boxed().collect(Collectors.toMap(i -> "x-name-" + i, i -> "v"));
                    return new Sized(
                            metadata.toString().length(), () -> FileSettings.of("a/b.csv", metadata, settings));
                }),
                new Input("metadata: a limit", 500, n -> {
                    Map<String, String> metadata = Map.of("max-changes", "1,".repeat(n));
                    return new Sized(2L * n, () -> refused(() -> FileSettings.of("a/b.csv", metadata, settings)));
                }));
    }

    private static Object refused(Supplier<?> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            return e;
        }
    }

    private static Input key(String name, int smallest, IntFunction<String> key, Function<String, Object> read) {
        return new Input("key: " + name, smallest, n -> {
            String text = key.apply(n);
            return new Sized(text.length(), () -> refused(() -> read.apply(text)));
        });
    }
}
