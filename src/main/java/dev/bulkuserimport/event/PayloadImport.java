package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.metrics.Journal;
import dev.bulkuserimport.source.ImportDefaults;
import dev.bulkuserimport.source.Malformed;
import dev.bulkuserimport.source.Payload;
import dev.bulkuserimport.source.PayloadReader;
import dev.bulkuserimport.upload.ImportAnswer;
import dev.bulkuserimport.upload.Importer;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;

/** Imports a payload that is in memory. */
@Singleton
class PayloadImport {

    private final Journal journal;
    private final Importer importer;

    PayloadImport(Journal journal, Importer importer) {
        this.journal = journal;
        this.importer = importer;
    }

    ImportAnswer run(Payload payload, Deadline deadline) {
        try {
            return journal.write(
                    entry -> importer.run(new PayloadReader(payload, ImportDefaults.NONE), entry, deadline));
        } catch (UncheckedIOException e) {
            // Bytes in memory can only fail to be decoded.
            throw Malformed.json("The body is not Base64, or its text is not UTF-8", null);
        }
    }
}
