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

/** Imports a payload that is in memory, and writes each one that was asked for into the journal. */
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
     * @param payload finds the payload, or ends with a problem that is this import's
     */
    ImportAnswer run(Supplier<Payload> payload, Deadline deadline) {
        return journal.write(entry -> {
            try {
                return importer.run(new PayloadReader(payload.get(), ImportDefaults.NONE), entry, deadline);
            } catch (UncheckedIOException e) {
                // Bytes in memory can only fail to be decoded.
                throw Malformed.whole("The body is not Base64, or its text is not UTF-8");
            }
        });
    }

    /** An import that was asked for in a form that isn't read, or can't be now: writes it down and ends with the problem. */
    void refuse(Problem problem) {
        note(problem);
        throw problem.exception();
    }

    /**
     * The same import is asked for once more, by a request that another one stands for: that one has its line and its metric, or gets
     * them, and alarms and sums must not count it twice.
     */
    void repeated() {
        journal.progress("the same request came again; the first one's answer counts");
    }

    /** Writes down an event that could not even be told apart; it may have been an import. */
    void crashed(Throwable cause) {
        JournalEntry entry = new JournalEntry();
        entry.crashed(cause);
        journal.write(entry);
    }

    /** Writes down an import that was asked for and refused. */
    void note(Problem problem) {
        JournalEntry entry = new JournalEntry();
        entry.failed(problem);
        journal.write(entry);
    }
}
