package dev.bulkuserimport.card;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ApplicationSchemas;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.StandardProperty;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** The card's dynamic fields: the properties that an application's users may have. */
@Singleton
public class Properties {

    private final ApplicationSchemas schemas;

    Properties(ApplicationSchemas schemas) {
        this.schemas = schemas;
    }

    /** One of the card's input fields. */
    public record InputField(String name, String title, String type, boolean required, boolean custom) {}

    /** The fields that the card shows for an operation on an application's users. */
    public List<InputField> list(String app, ImportOperation operation, Deadline deadline) {
        List<InputField> fields = new ArrayList<>();
        fields.add(new InputField("externalId", "External ID", "string", true, false));
        if (operation == ImportOperation.DEACTIVATE_AND_DELETE) {
            return fields;
        }
        ApplicationSchema schema = schemas.get(app, deadline);
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
}
