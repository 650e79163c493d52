package dev.bulkuserimport.event;

import dev.bulkuserimport.Deadline;
import dev.bulkuserimport.card.Properties;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.request.ImportDefaults;
import dev.bulkuserimport.request.JsonInput;
import dev.bulkuserimport.request.PayloadReader;
import dev.bulkuserimport.request.PayloadSource;
import dev.bulkuserimport.upload.ImportAnswer;
import dev.bulkuserimport.upload.Importer;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Imports a payload that is in memory. */
@Singleton
class PayloadImport {

    private final Settings settings;
    private final Properties properties;
    private final Importer importer;

    PayloadImport(Settings settings, Properties properties, Importer importer) {
        this.settings = settings;
        this.properties = properties;
        this.importer = importer;
    }

    ImportAnswer run(PayloadSource payload, Deadline deadline) {
        PayloadReader reader = new PayloadReader(
                ImportDefaults.NONE, settings.skipsInvalidUsers(), app -> properties.schema(app, deadline));
        try {
            return importer.run(reader.read(payload), deadline);
        } catch (IOException e) {
            // Bytes in memory can only fail to be decoded.
            throw JsonInput.malformed("The body is not Base64, or its text is not UTF-8", null);
        }
    }
}
