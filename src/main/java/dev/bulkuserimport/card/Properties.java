package dev.bulkuserimport.card;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ApplicationSchemas;
import dev.bulkuserimport.rules.ApplicationSchema.Field;
import dev.bulkuserimport.rules.ImportOperation;
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

    /** The fields that the card shows for an operation on an application's users. */
    public List<Field> list(String app, ImportOperation operation, Deadline deadline) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("externalId", "External ID", "string", true, false));
        if (operation.takesProfiles()) {
            fields.addAll(schemas.get(app, deadline).fields());
        }
        return fields;
    }
}
