package dev.bulkuserimport.metrics;

import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.ProblemException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Writes one log line per import, and the same as metrics, however the import ends: successfully, with a problem, or with a crash. An
 * import doesn't count as a success until it reports one.
 */
@Singleton
public class Journal {

    private static final Logger LOG = Logger.getLogger("import");

    private final Optional<String> stack;
    private boolean warm;

    Journal(Settings settings) {
        this.stack = settings.stack();
    }

    /**
     * Runs an import and records it.
     *
     * @param work the entire import: reading, checking, sending, closing. It fills the entry as far as it gets; when it returns, the import
     *     counts as a success unless the entry says otherwise
     */
    public <T> T write(Function<JournalEntry, T> work) {
        JournalEntry entry = new JournalEntry();
        entry.succeeded();
        try {
            return work.apply(entry);
        } catch (ProblemException e) {
            entry.failed(e.problem());
            throw e;
        } catch (RuntimeException | Error e) {
            entry.crashed();
            throw e;
        } finally {
            write(entry);
        }
    }

    /** Logs the progress of an import that has not ended: a line with a different name, and no metric. */
    public void progress(String line) {
        LOG.infof("progress %s", line);
    }

    /** Says that a file waits for a person: one line of JSON, by which an alarm tells them. It has not ended, so it is no metric. */
    public void decisionNeeded(String importId, String applicationId) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", "decision-needed");
        line.put("importId", importId);
        line.put("applicationId", applicationId);
        System.out.println(new String(JsonOutput.bytes(line), StandardCharsets.UTF_8));
    }

    /** Records an import that has ended. */
    public void write(JournalEntry entry) {
        // Never %d: it makes the JDK load a locale's symbols, which costs a cold start two milliseconds.
        LOG.infof(
                "%s applicationId=%s sessionId=%s operation=%s dryRun=%s records=%s imported=%s rejected=%s requests=%s retries=%s"
                        + " throttles=%s oktaMillis=%s millis=%s%s%s",
                entry.outcome(),
                entry.applicationId(),
                entry.sessionId(),
                entry.operation(),
                entry.dryRun(),
                entry.records(),
                entry.imported(),
                entry.rejected(),
                entry.effort().requests(),
                entry.effort().retries(),
                entry.effort().throttles(),
                entry.effort().oktaMillis(),
                entry.millis(),
                entry.hasGroups() ? " groups=" + entry.groups() + " memberships=" + entry.memberships() : "",
                entry.importId().map(id -> " importId=" + id).orElse(""));
        System.out.println(MetricLine.of(entry, !warm, stack));
        warm = true;
    }
}
