package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.ReportForm;
import dev.bulkuserimport.report.ReportPlace;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A report held by one attempt. Each write replaces exactly the version that this instance wrote last, so a lost claim is always noticed.
 */
final class Claim {

    private final S3Objects objects;
    private final ReportPlace place;
    private FileReport report;
    private Optional<String> eTag;
    private boolean lost;
    private Optional<String> line = Optional.empty();
    private boolean turn;
    private Duration pause = Turns.LONGEST_PAUSE;

    /** @param eTag of the report as it is stored; empty when there is none yet */
    Claim(S3Objects objects, ReportPlace place, FileReport report, Optional<String> eTag) {
        this.objects = objects;
        this.place = place;
        this.report = report;
        this.eTag = eTag;
    }

    /** The current report, stored or not. */
    FileReport report() {
        return report;
    }

    void change(UnaryOperator<FileReport> change) {
        report = change.apply(report);
    }

    ReportPlace place() {
        return place;
    }

    /** Whether another attempt has taken over the object version, so that nothing may be written any more. */
    boolean isLost() {
        return lost;
    }

    /** The application in the line of whose files this attempt has taken a place; earlier ones may have too. */
    Optional<String> line() {
        return line;
    }

    boolean isInLine() {
        return line.isPresent();
    }

    void inLine(String app) {
        line = Optional.of(app);
    }

    void outOfLine() {
        line = Optional.empty();
    }

    /** Whether it is this import's turn and all others of its application wait for it. */
    boolean hasTurn() {
        return turn;
    }

    void takeTurn() {
        turn = true;
    }

    void giveTurnBack() {
        turn = false;
    }

    /** The longest time until another attempt comes if this one fails; until then its place in the line is kept. */
    Duration pause() {
        return pause;
    }

    void comesAgainWithin(Duration time) {
        pause = time;
    }

    /** Stores the report; false if another attempt was faster. */
    boolean trySave(Deadline deadline) throws S3Failure {
        Optional<String> written = objects.write(place.bucket(), place.key(), ReportForm.json(report), eTag, deadline);
        if (written.isEmpty()) {
            lost = true;
            return false;
        }
        eTag = written;
        return true;
    }

    /**
     * Stores the report.
     *
     * @throws ProblemException {@code session-conflict} if another attempt has taken over the object version
     */
    void save(Deadline deadline) throws S3Failure {
        if (lost || !trySave(deadline)) {
            throw Problem.of(
                            ProblemType.SESSION_CONFLICT,
                            "Another attempt at " + report.source().place() + " has taken over. This one stops.")
                    .retryAfter(Duration.ofSeconds(60))
                    .exception();
        }
    }

    /** Changes and stores the report, throwing only problems. */
    public void note(UnaryOperator<FileReport> change, Deadline deadline) {
        change(change);
        try {
            save(deadline);
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }
}
