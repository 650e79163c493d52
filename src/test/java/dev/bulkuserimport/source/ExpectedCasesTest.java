package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.support.ExpectedCase;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code src/test/resources/cases/3} and {@code cases/siblings}, from their bytes to what would be sent. */
class ExpectedCasesTest {

    static Stream<ExpectedCase> cases() {
        return Stream.concat(ExpectedCase.all(), ExpectedCase.siblings());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void right(ExpectedCase file) {
        ImportOperation operation =
                ImportOperation.parse(file.operation().replace('-', '_')).orElseThrow();
        Imported imported = Imported.of(
                FileFormat.of(file.name()).orElseThrow(),
                file.bytes(),
                new SchemaKnowledge.Known(Imported.schema(file.types())),
                file.skips(),
                file.mapping().map(json -> Mapping.parse(json.getBytes(StandardCharsets.UTF_8))),
                operation);
        Map<String, Map<String, String>> users = new LinkedHashMap<>();
        for (Map<String, String> user : imported.users()) {
            Map<String, String> profile = new HashMap<>(user);
            users.put(profile.remove("externalId"), profile);
        }
        users.keySet().removeAll(imported.gone());
        file.verify(new ExpectedCase.Outcome(
                users,
                imported.gone(),
                imported.problem().map(problem -> problem.type().slug()),
                imported.problemJson(),
                imported.notes().remarks(),
                imported.rejections().errors().stream()
                        .map(error -> imported.rejections().byLine() ? error.line() : error.index())
                        .distinct()
                        .toList()));
    }
}
