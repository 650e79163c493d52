package dev.bulkuserimport.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.Deadline;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaExchange;
import dev.bulkuserimport.okta.OktaRefusal;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.plan.ApplicationSchema;
import dev.bulkuserimport.plan.StandardProperty;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.request.ImportOperation;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The card's dynamic fields: what an application's users may have. */
@Singleton
public class Properties {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OktaExchange okta;

    Properties(OktaExchange okta) {
        this.okta = okta;
    }

    /** One of the card's input fields. */
    public record InputField(String name, String title, String type, boolean required, boolean custom) {}

    /** The fields that the card would show for an operation on an application's users. */
    public List<InputField> list(String app, ImportOperation operation, Deadline deadline) {
        List<InputField> fields = new ArrayList<>();
        fields.add(new InputField("externalId", "External ID", "string", true, false));
        if (operation == ImportOperation.DEACTIVATE_AND_DELETE) {
            return fields;
        }
        ApplicationSchema schema = schema(app, deadline);
        for (StandardProperty standard : StandardProperty.values()) {
            String name = standard.propertyName();
            fields.add(new InputField(
                    name, standard.label(), "string", schema.required().contains(name), false));
        }
        schema.custom()
                .forEach((name, property) -> fields.add(new InputField(
                        name,
                        property.title(),
                        property.type(),
                        schema.required().contains(name),
                        true)));
        return fields;
    }

    /** An application's schema, read from Okta. */
    public ApplicationSchema schema(String app, Deadline deadline) {
        OktaReply.Answered answer = okta.execute(OktaCall.getSchema(app), deadline);
        if (answer.status() == 404) {
            throw OktaError.of(answer)
                    .addTo(Problem.of(
                            ProblemType.APPLICATION_NOT_FOUND,
                            "Okta knows no application " + app + ". Check applicationId."))
                    .exception();
        }
        if (!answer.isSuccess()) {
            throw OktaRefusal.rejected(OktaError.of(answer)).exception();
        }
        try {
            return parse(JSON.readTree(answer.body()).path("definitions"));
        } catch (IOException e) {
            throw Problem.of(ProblemType.OKTA_REJECTED, "Okta's answer is not a profile schema.")
                    .exception();
        }
    }

    private static ApplicationSchema parse(JsonNode definitions) {
        Map<String, ApplicationSchema.Property> custom = new LinkedHashMap<>();
        Set<String> required = new LinkedHashSet<>();
        for (JsonNode part : List.of(definitions.path("base"), definitions.path("custom"))) {
            for (JsonNode name : part.path("required")) {
                required.add(name.asText());
            }
            part.path("properties").fields().forEachRemaining(property -> {
                JsonNode value = property.getValue();
                if (value.path("required").asBoolean()) {
                    required.add(property.getKey());
                }
                if (StandardProperty.named(property.getKey()) == null) {
                    custom.put(
                            property.getKey(),
                            new ApplicationSchema.Property(
                                    value.path("title").asText(property.getKey()),
                                    value.path("type").asText("string")));
                }
            });
        }
        return new ApplicationSchema(custom, required);
    }
}
