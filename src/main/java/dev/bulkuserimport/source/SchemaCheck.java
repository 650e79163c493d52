package dev.bulkuserimport.source;

import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.StandardProperty;
import dev.bulkuserimport.rules.Suggestions;
import java.util.ArrayList;
import java.util.List;

/** Checks the properties to be sent against the application's schema, before the users are read. */
enum SchemaCheck {
    /** The properties are a table's columns. */
    COLUMNS(
            "",
            "is a column without a matching property in the application",
            "is required by the application, but the file has no column for it",
            "is missing: the file has no column for it (User Name), and the application's schema can't be read to"
                    + " check whether it is required"),
    /** The properties are a mapping's, each with its path there. */
    MAPPING(
            "mapping.profile.",
            "is not a property of the application",
            "is missing, but the application requires it",
            "is missing, and the application's schema can't be read to check whether it is required");

    private static final String USER_NAME = StandardProperty.USER_NAME.propertyName();

    private final String path;
    private final String unknown;
    private final String missing;
    private final String noLogin;

    SchemaCheck(String path, String unknown, String missing, String noLogin) {
        this.path = path;
        this.unknown = unknown;
        this.missing = missing;
        this.noLogin = noLogin;
    }

    /** @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} for unknown properties and missing required ones */
    void check(List<String> properties, SchemaKnowledge schema) {
        List<FieldError> errors = new ArrayList<>();
        if (schema instanceof SchemaKnowledge.Known known) {
            errors.addAll(errors(properties, known.schema()));
        } else if (schema instanceof SchemaKnowledge.Unreadable && !properties.contains(USER_NAME)) {
            errors.add(new FieldError(path + USER_NAME, noLogin));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalidRequest(errors).exception();
        }
    }

    private List<FieldError> errors(List<String> properties, ApplicationSchema schema) {
        List<FieldError> errors = new ArrayList<>();
        Suggestions suggestions = new Suggestions();
        for (String property : properties) {
            if (!schema.knows(property)) {
                errors.add(
                        new FieldError(path + ColumnNames.shown(property), unknown + suggestions.in(schema, property)));
            }
        }
        for (String required : schema.required()) {
            if (!properties.contains(required)) {
                errors.add(new FieldError(path + required, missing));
            }
        }
        return errors;
    }
}
