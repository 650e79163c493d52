package dev.bulkuserimport.source;

import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.StandardProperty;
import dev.bulkuserimport.rules.Suggestions;
import java.util.ArrayList;
import java.util.List;

/** Checks the columns of a table against the application's schema, before the users are read. */
final class ColumnCheck {

    private static final String USER_NAME = StandardProperty.USER_NAME.propertyName();

    private ColumnCheck() {}

    /** @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} for unknown columns and missing required ones */
    static void check(List<String> properties, SchemaKnowledge schema) {
        List<FieldError> errors = new ArrayList<>();
        if (schema instanceof SchemaKnowledge.Known known) {
            errors.addAll(errors(properties, known.schema()));
        } else if (schema instanceof SchemaKnowledge.Unreadable && !properties.contains(USER_NAME)) {
            errors.add(new FieldError(
                    USER_NAME,
                    "is missing: the file has no column for it (User Name), and the application's schema can't be read to"
                            + " check whether it is required"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalidRequest(errors).exception();
        }
    }

    private static List<FieldError> errors(List<String> properties, ApplicationSchema schema) {
        List<FieldError> errors = new ArrayList<>();
        Suggestions suggestions = new Suggestions();
        for (String property : properties) {
            if (!schema.knows(property)) {
                errors.add(new FieldError(
                        ColumnNames.shown(property),
                        "is a column without a matching property in the application"
                                + suggestions.in(schema, property)));
            }
        }
        for (String required : schema.required()) {
            if (!properties.contains(required)) {
                errors.add(
                        new FieldError(required, "is required by the application, but the file has no column for it"));
            }
        }
        return errors;
    }
}
