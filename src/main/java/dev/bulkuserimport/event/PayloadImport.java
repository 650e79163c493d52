package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.metrics.Journal;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.source.ImportDefaults;
import dev.bulkuserimport.source.Malformed;
import dev.bulkuserimport.source.Payload;
import dev.bulkuserimport.source.PayloadReader;
import dev.bulkuserimport.upload.ImportAnswer;
import dev.bulkuserimport.upload.Importer;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Imports a payload that is in memory, and records every requested import in the journal. */
@Singleton
class PayloadImport {

    private final Journal journal;
    private final Importer importer;

    PayloadImport(Journal journal, Importer importer) {
        this.journal = journal;
        this.importer = importer;
    }

    /**
     * Imports.
     *
     * @param payload supplies the payload, or fails with a problem that is this import's result
     */
    ImportAnswer run(Supplier<Payload> payload, Deadline deadline) {
        return journal.write(entry -> {
            try {
                return importer.run(new PayloadReader(payload.get(), ImportDefaults.NONE), entry, deadline);
            } catch (UncheckedIOException e) {
                // Reading bytes from memory can only fail in decoding.
                throw Malformed.whole("The body is not Base64, or its text is not UTF-8");
            }
        });
    }

    /** Records an import that was requested in an unsupported form, or can't run now, and fails with the problem. */
    void refuse(Problem problem) {
        note(problem);
        throw problem.exception();
    }

    /**
     * The same import is requested again, by a repetition of another request: that one has its log line and metric, or will get them, and
     * alarms and sums must not count it twice.
     */
    void repeated() {
        journal.progress("the request is a repetition; the first one's answer counts");
    }

    /** Records an event that could not be classified; it may have been an import. */
    void crashed() {
        JournalEntry entry = new JournalEntry();
        entry.crashed();
        journal.write(entry);
    }

    /** Records an import that was requested and refused. */
    void note(Problem problem) {
        JournalEntry entry = new JournalEntry();
        entry.failed(problem);
        journal.write(entry);
    }
}
