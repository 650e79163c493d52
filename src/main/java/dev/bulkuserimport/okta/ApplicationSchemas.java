package dev.bulkuserimport.okta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.Constraint;
import dev.bulkuserimport.rules.StandardProperty;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads applications' profile schemas from Okta (scope {@code okta.schemas.read}). */
@Singleton
public class ApplicationSchemas {

    private final OktaExchange okta;

    ApplicationSchemas(OktaExchange okta) {
        this.okta = okta;
    }

    /** Reads an application's schema from Okta. */
    public ApplicationSchema get(String app, Deadline deadline) {
        OktaReply.Answered answer = okta.execute(OktaCall.getSchema(app), deadline);
        if (answer.status() == 404) {
            throw OktaError.of(answer)
                    .addTo(OktaProblems.unknownApplication(app))
                    .exception();
        }
        if (!answer.isSuccess()) {
            throw OktaProblems.rejected(OktaError.of(answer)).exception();
        }
        JsonNode definitions = OktaJson.object(answer.body())
                .orElseThrow(() -> OktaProblems.unreadable("a profile schema").exception())
                .path("definitions");
        if (!definitions.isObject()) {
            throw Problem.of(
                            ProblemType.OKTA_REJECTED,
                            "Okta's profile schema of the application " + app
                                    + " has no definitions, so its properties are unknown. Retrying doesn't help:"
                                    + " open the application's profile in the Profile Editor, or contact Okta Support.")
                    .exception();
        }
        return parse(definitions);
    }

    private static ApplicationSchema parse(JsonNode definitions) {
        Map<String, ApplicationSchema.Property> custom = new LinkedHashMap<>();
        Map<String, Constraint> standard = new HashMap<>();
        Set<String> required = new LinkedHashSet<>();
        for (JsonNode part : List.of(definitions.path("base"), definitions.path("custom"))) {
            for (JsonNode name : part.path("required")) {
                required.add(name.asText());
            }
            part.path("properties").properties().forEach(property -> {
                JsonNode value = property.getValue();
                if (value.path("required").asBoolean()) {
                    required.add(property.getKey());
                }
                if (StandardProperty.named(property.getKey()).isPresent()) {
                    standard.put(property.getKey(), constraint(value));
                } else {
                    custom.put(
                            property.getKey(),
                            new ApplicationSchema.Property(
                                    value.path("title").asText(property.getKey()),
                                    value.path("type").asText("string"),
                                    constraint(value)));
                }
            });
        }
        return new ApplicationSchema(custom, required, standard);
    }

    private static Constraint constraint(JsonNode property) {
        List<String> allowed = new ArrayList<>();
        property.path("enum").forEach(value -> allowed.add(value.asText()));
        return new Constraint(
                Constraint.Type.of(property.path("type").asText("string")),
                property.path("mutability").asText().equals("READ_ONLY"),
                allowed,
                length(property.path("minLength"), 0),
                length(property.path("maxLength"), Integer.MAX_VALUE));
    }

    private static int length(JsonNode bound, int otherwise) {
        // A length that is no int is no bound for any text.
        return bound.canConvertToInt() && bound.asInt() >= 0 ? bound.asInt() : otherwise;
    }
}
