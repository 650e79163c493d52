package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.StandardProperty;
import dev.bulkuserimport.rules.Suggestions;
import java.util.ArrayList;
import java.util.List;

/** Checks a mapping's properties against the application's schema before the users are read. */
final class MappingCheck {

    private static final String PATH = "mapping.profile.";

    private static final String USER_NAME = StandardProperty.USER_NAME.propertyName();

    private MappingCheck() {}

    /** @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} with each property's path in the mapping */
    static void check(Mapping mapping, SchemaKnowledge schema) {
        List<FieldError> errors = new ArrayList<>();
        if (schema instanceof SchemaKnowledge.Known known) {
            errors.addAll(errors(mapping, known.schema()));
        } else if (schema instanceof SchemaKnowledge.Unreadable
                && !mapping.properties().contains(USER_NAME)) {
            errors.add(new FieldError(
                    PATH + USER_NAME,
                    "is missing, and the application's schema can't be read to check whether it is required"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalidRequest(errors).exception();
        }
    }

    private static List<FieldError> errors(Mapping mapping, ApplicationSchema schema) {
        List<FieldError> errors = new ArrayList<>();
        Suggestions suggestions = new Suggestions();
        for (String property : mapping.properties()) {
            if (!schema.knows(property)) {
                errors.add(new FieldError(
                        PATH + ColumnNames.shown(property),
                        "is not a property of the application" + suggestions.in(schema, property)));
            }
        }
        for (String required : schema.required()) {
            if (!mapping.properties().contains(required)) {
                errors.add(new FieldError(PATH + required, "is missing, but the application requires it"));
            }
        }
        return errors;
    }
}
