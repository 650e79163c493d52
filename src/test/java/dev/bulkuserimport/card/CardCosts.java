package dev.bulkuserimport.card;

import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.cost.Input;
import dev.bulkuserimport.cost.Input.Sized;
import dev.bulkuserimport.plan.SchemaKnowledge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What of a file that is inspected can be made large. */
public final class CardCosts implements Supplier<List<Input>> {

    private final List<Input> inputs = new ArrayList<>();

    @Override
    public List<Input> get() {
        inspected("rows", 200, "a.csv", n -> "Employee ID,Work Email,Dept\n" + times(n, "E-%,u%@example.com,d\n"));
        inspected(
                "columns",
                30,
                "a.csv",
                n -> "Employee ID,Work Email" + times(n, ",c%") + "\n1,a@example.com" + times(n, ",v%"));
        inspected(
                "columns that share their values",
                30,
                "a.csv",
                n -> "Employee ID,Work Email" + times(n, ",c%") + times(6, "\n%,a%@example.com" + ",v".repeat(n)));
        inspected(
                "columns of dates",
                20,
                "a.csv",
                n -> "Employee ID" + times(n, ",c%") + times(6, "\n%" + ",01.02.2026".repeat(n)));
        inspected(
                "columns with one meaning",
                30,
                "a.csv",
                n -> "Employee ID" + times(n, ",Work Email (%)") + "\n1" + times(n, ",u%@example.com"));
        inspected("a column's name", 2_000, "a.csv", n -> "Employee ID," + "((".repeat(n) + "\n1,a\n");
        inspected(
                "combining marks in a column's name",
                500,
                "a.csv",
                n -> "Employee ID,a" + "\u0301\u0323".repeat(n) + "\n1,a\n");
        inspected(
                "combining marks in a cell", 500, "a.csv", n -> "Employee ID,b\n1,a" + "\u0301\u0323".repeat(n) + "\n");
        inspected(
                "combining marks in a member's name",
                500,
                "a.json",
                n -> "[{\"id\":\"1\",\"a" + "\u0301\u0323".repeat(n) + "\":\"v\"}]");
        inspected("members of an object", 30, "a.json", n -> "[{\"id\":\"1\"" + times(n, ",\"m%\":\"v\"") + "}]");
        inspected("objects with other members", 30, "a.json", n -> "[" + times(n, "{\"m%\":\"v\"},") + "{}]");
        inspected(
                "depth of an object",
                20,
                "a.json",
                n -> "[{\"id\":\"1\",\"m\":" + "{\"n\":".repeat(n) + "1" + "}".repeat(n) + "}]");
        return inputs;
    }

    private static String times(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(i -> format.replace("%", String.valueOf(i)))
                .collect(Collectors.joining());
    }

    private void inspected(String name, int smallest, String file, IntFunction<String> content) {
        inputs.add(new Input("inspect: " + name, smallest, n -> {
            byte[] bytes = content.apply(n).getBytes(StandardCharsets.UTF_8);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("fileName", file);
            body.put("content", Base64.getEncoder().encodeToString(bytes));
            byte[] json = JsonOutput.bytes(body);
            return new Sized(bytes.length, () -> {
                InspectRequest request =
                        InspectRequest.read(factory -> factory.createParser(json), Optional.of("0oa1"));
                return JsonOutput.bytes(
                        new Inspection(true).inspect(request, new SchemaKnowledge.Known(InspectionTest.SCHEMA)));
            });
        }));
    }
}
