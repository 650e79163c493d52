package dev.bulkuserimport.metrics;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What is written down of one import: ids, counts and times. It is filled as far as the import gets, so that one that can't even be read
 * is written down too. Never a profile value.
 */
public final class JournalEntry {

    private long begun = System.nanoTime();
    private Optional<String> applicationId = Optional.empty();
    private Optional<String> sessionId = Optional.empty();
    private Optional<String> operation = Optional.empty();
    private boolean deactivation;
    private boolean dryRun;
    private int records;
    private int imported;
    private int deactivated = -1;
    private int rejected;
    private Effort effort = Effort.NONE;
    private Ending ending = new Ending.Crashed("unfinished");

    /** How an import ended. */
    sealed interface Ending {

        /** As asked. */
        record Succeeded() implements Ending {}

        /** With a problem that its caller gets. */
        record Failed(String problem) implements Ending {}

        /** Not begun, because something newer has taken its place. */
        record Superseded() implements Ending {}

        /** Sent, but what Okta made of it could not be learned. */
        record Unconfirmed() implements Ending {}

        /** With an error that no one foresaw. */
        record Crashed(String cause) implements Ending {}
    }

    public JournalEntry application(String id) {
        applicationId = Optional.of(id);
        return this;
    }

    public JournalEntry session(String id) {
        sessionId = Optional.of(id);
        return this;
    }

    public JournalEntry operation(ImportOperation asked) {
        operation = Optional.of(asked.name());
        deactivation = asked == ImportOperation.DEACTIVATE_AND_DELETE;
        return this;
    }

    public JournalEntry dryRun(boolean asked) {
        dryRun = asked;
        return this;
    }

    /** How many records the source held. */
    public JournalEntry records(int count) {
        records = count;
        return this;
    }

    /** Records in requests that Okta accepted. */
    public JournalEntry imported(int count) {
        imported = count;
        return this;
    }

    /** How many of the imported ones are deactivations, where the operation alone doesn't say it. */
    public JournalEntry deactivated(int count) {
        deactivated = count;
        return this;
    }

    /** Records that are invalid. */
    public JournalEntry rejected(int count) {
        rejected = count;
        return this;
    }

    /** What sending took, added to what it took before. */
    public JournalEntry sent(Effort more) {
        effort = effort.plus(more);
        return this;
    }

    /** What sending took in all attempts and steps together. */
    public JournalEntry took(Effort all) {
        effort = all;
        return this;
    }

    /** When the first of several steps began. */
    public JournalEntry begun(Instant first) {
        begun = System.nanoTime()
                - Math.max(0, Duration.between(first, Instant.now()).toNanos());
        return this;
    }

    /** The import was not begun, because something newer has taken its place. */
    public void superseded() {
        ending = new Ending.Superseded();
    }

    /** The import was sent, but what Okta made of it could not be learned. */
    public void unconfirmed() {
        ending = new Ending.Unconfirmed();
    }

    /** The import went as asked. */
    public void succeeded() {
        ending = new Ending.Succeeded();
    }

    /** The import ended with a problem. */
    public void failed(Problem problem) {
        imported = Math.max(imported, problem.recordsImported());
        ending = new Ending.Failed(problem.type().slug());
    }

    /** The import ended with an exception that is no problem; only its class is written down, for its message could quote a user. */
    public void crashed(Throwable cause) {
        ending = new Ending.Crashed(cause.getClass().getSimpleName());
    }

    boolean hasSucceeded() {
        return ending instanceof Ending.Succeeded;
    }

    boolean hasFailed() {
        return ending instanceof Ending.Failed || ending instanceof Ending.Crashed;
    }

    boolean isUnconfirmed() {
        return ending instanceof Ending.Unconfirmed;
    }

    /** Whether it was a dry run that a guard would have stopped: that is what it was to find out, and no failure. */
    boolean isStoppedPreview() {
        return dryRun && problem().equals(ProblemType.DEACTIVATION_LIMIT_EXCEEDED.slug());
    }

    /** How it ended, in a word: the problem's name, if there is one. */
    String outcome() {
        if (hasFailed()) {
            return problem();
        }
        return isUnconfirmed() ? "unconfirmed" : hasSucceeded() ? "imported" : "superseded";
    }

    /** The failure's name; {@code internal-error} for a crash; empty else. */
    String problem() {
        if (ending instanceof Ending.Failed failed) {
            return failed.problem();
        }
        return ending instanceof Ending.Crashed ? "internal-error" : "";
    }

    String applicationId() {
        return applicationId.orElse("");
    }

    String sessionId() {
        return sessionId.orElse("");
    }

    String operation() {
        return operation.orElse("UNKNOWN");
    }

    boolean dryRun() {
        return dryRun;
    }

    int records() {
        return records;
    }

    int imported() {
        return imported;
    }

    int deactivated() {
        return deactivated >= 0 ? deactivated : deactivation ? imported : 0;
    }

    int rejected() {
        return rejected;
    }

    /** What sending took so far. */
    public Effort effort() {
        return effort;
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }
}
