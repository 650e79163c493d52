package dev.bulkuserimport.metrics;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What is recorded about one import: IDs, counts and times, never a profile value. It is filled as far as the import gets, so that even an
 * unreadable one is recorded.
 */
public final class JournalEntry {

    private long begun = System.nanoTime();
    private Optional<String> importId = Optional.empty();
    private Optional<String> applicationId = Optional.empty();
    private Optional<String> sessionId = Optional.empty();
    private Optional<String> operation = Optional.empty();
    private boolean deactivation;
    private boolean dryRun;
    private int records;
    private int imported;
    private int groups;
    private int memberships;
    private int deactivated = -1;
    private int rejected;
    private Effort effort = Effort.NONE;
    private Ending ending = Ending.FAILED;
    private ProblemType problem = ProblemType.INTERNAL_ERROR;

    /** How an import ended. */
    private enum Ending {
        SUCCEEDED("imported"),
        /** With a problem, or with an unexpected error. */
        FAILED(""),
        /** Not started, because a newer file has replaced it. */
        SUPERSEDED("superseded"),
        /** Not begun, because it came so late that a newer file of the application had been imported: someone has to look at it. */
        OUTDATED("superseded"),
        /** Sent, but Okta's result could not be determined. */
        UNCONFIRMED("unconfirmed");

        private final String word;

        Ending(String word) {
            this.word = word;
        }
    }

    /** The ID of a file's import, by which one that was recorded twice can be distinguished from two. */
    public JournalEntry importId(String id) {
        importId = Optional.of(id);
        return this;
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

    /** How many records the source contained. */
    public JournalEntry records(int count) {
        records = count;
        return this;
    }

    /** Records in requests that Okta accepted. */
    public JournalEntry imported(int count) {
        imported = count;
        return this;
    }

    /** Groups, and pairs of a group and a member, in requests that Okta accepted. */
    public JournalEntry groups(int groupCount, int membershipCount) {
        groups = groupCount;
        memberships = membershipCount;
        return this;
    }

    /** How many of the imported records are deactivations, if the operation alone doesn't tell. */
    public JournalEntry deactivated(int count) {
        deactivated = count;
        return this;
    }

    /** Records that are invalid. */
    public JournalEntry rejected(int count) {
        rejected = count;
        return this;
    }

    /** Adds the effort of sending to the effort so far. */
    public JournalEntry sent(Effort more) {
        effort = effort.plus(more);
        return this;
    }

    /** The total effort of sending over all attempts and steps. */
    public JournalEntry took(Effort all) {
        effort = all;
        return this;
    }

    /** When the first of several steps started. */
    public JournalEntry begun(Instant first) {
        begun = System.nanoTime()
                - Math.max(0, Duration.between(first, Instant.now()).toNanos());
        return this;
    }

    /** The import was not started, because a newer file has replaced it. */
    public void superseded() {
        ending = Ending.SUPERSEDED;
    }

    /** The import was not begun, because it came too late to be right for certain. */
    public void outdated() {
        ending = Ending.OUTDATED;
    }

    /** The import was sent, but Okta's result could not be determined. */
    public void unconfirmed() {
        ending = Ending.UNCONFIRMED;
    }

    /** The import succeeded. */
    public void succeeded() {
        ending = Ending.SUCCEEDED;
    }

    /** The import ended with a problem. */
    public void failed(Problem reported) {
        imported = Math.max(imported, reported.recordsImported());
        failed(reported.type());
    }

    /** The import ended with an unexpected exception, of which nothing is recorded: its message could quote a user. */
    public void crashed() {
        failed(ProblemType.INTERNAL_ERROR);
    }

    private void failed(ProblemType type) {
        ending = Ending.FAILED;
        problem = type;
    }

    boolean hasFailed() {
        return ending == Ending.FAILED;
    }

    boolean isUnconfirmed() {
        return ending == Ending.UNCONFIRMED;
    }

    boolean isOutdated() {
        return ending == Ending.OUTDATED;
    }

    /** Whether it was a dry run that a guard would have stopped: finding that out was its purpose, so it isn't a failure. */
    boolean isStoppedPreview() {
        return dryRun && hasFailed() && problem == ProblemType.DEACTIVATION_LIMIT_EXCEEDED;
    }

    /** How it ended, in one word: the problem's name, if there is one. */
    String outcome() {
        return hasFailed() ? problem() : ending.word;
    }

    /** The failure's name; {@code internal-error} for a crash; otherwise empty. */
    String problem() {
        return hasFailed() ? problem.slug() : "";
    }

    Optional<String> importId() {
        return importId;
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

    /** Whether it holds more than users. */
    boolean hasGroups() {
        return groups + memberships > 0;
    }

    int groups() {
        return groups;
    }

    int memberships() {
        return memberships;
    }

    int deactivated() {
        return deactivated >= 0 ? deactivated : deactivation ? imported : 0;
    }

    int rejected() {
        return rejected;
    }

    /** The effort of sending so far. */
    public Effort effort() {
        return effort;
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }
}
