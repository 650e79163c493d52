package dev.bulkuserimport.card;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.FormulaGuard;
import dev.bulkuserimport.rules.ApplicationSchema.Field;
import dev.bulkuserimport.rules.ImportOperation;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The header row of a file for an application, to be filled in in a spreadsheet. */
@Singleton
public class Templates {

    private static final String MARK = "\uFEFF";

    private final Properties properties;

    Templates(Properties properties) {
        this.properties = properties;
    }

    /**
     * The row as text, with a line break at its end: the external ID, the properties that the application requires, then the rest, each
     * under the name that a file's column must have.
     *
     * @throws dev.bulkuserimport.problem.ProblemException as Okta answers the request for the application's schema, which a file of
     *     deactivations doesn't need
     */
    public String csv(String app, ImportOperation operation, Deadline deadline) {
        List<Field> fields = properties.list(app, operation, deadline);
        Stream<Field> requiredFirst = Stream.concat(
                fields.stream().filter(Field::required), fields.stream().filter(field -> !field.required()));
        return requiredFirst.map(field -> cell(field.name())).collect(Collectors.joining(",")) + "\r\n";
    }

    /** The same as a file: UTF-8 with a byte order mark, without which Excel assumes the system's encoding. */
    public byte[] file(String app, ImportOperation operation, Deadline deadline) {
        return (MARK + csv(app, operation, deadline)).getBytes(StandardCharsets.UTF_8);
    }

    /** Okta's property names need neither quotes nor guards, but another system's may. */
    static String cell(String name) {
        String cell = FormulaGuard.guarded(name);
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                && !FormulaGuard.isCut(cell);
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
