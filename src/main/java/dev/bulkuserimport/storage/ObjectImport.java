package dev.bulkuserimport.storage;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.metrics.Journal;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.okta.Backoff;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.ImportRequest;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.source.FileFormat;
import dev.bulkuserimport.source.FileSource;
import dev.bulkuserimport.upload.CallerSession;
import dev.bulkuserimport.upload.ImportAnswer;
import dev.bulkuserimport.upload.Importer;
import dev.bulkuserimport.upload.ManagedSession;
import dev.bulkuserimport.upload.Ranges;
import dev.bulkuserimport.upload.SessionScope;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Imports an object once, however often S3 tells of it. The report of its version is claimed first, with a conditional write; who finds it
 * claimed leaves the object alone, unless the claim is so old that whoever made it must be gone.
 */
@Singleton
public class ObjectImport {

    static final String REPORTS = "reports/";

    /** How long a delivery waits for another of the same object to finish, before it asks to come again. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** Beyond an invocation's own end, for clocks that differ. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final S3Objects objects;
    private final Sessions sessions;
    private final Journal journal;
    private final Importer importer;
    private final Settings settings;

    ObjectImport(S3Objects objects, Sessions sessions, Journal journal, Importer importer, Settings settings) {
        this.objects = objects;
        this.sessions = sessions;
        this.journal = journal;
        this.importer = importer;
        this.settings = settings;
    }

    /**
     * What became of the object.
     *
     * @throws ProblemException for a failure that another delivery may mend; the report says it already
     */
    public ObjectResult run(ObjectVersion object, Deadline deadline) {
        if (object.key().startsWith(REPORTS) || object.key().endsWith("/")) {
            return new ObjectResult(object, ObjectResult.Outcome.IGNORED, 0, null, null);
        }
        try {
            return claimAndImport(identified(object), deadline);
        } catch (S3Failure e) {
            throw e.problem().exception();
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof S3Failure failure ? failure.problem().exception() : e;
        }
    }

    private ObjectVersion identified(ObjectVersion object) throws S3Failure {
        if (object.version().isPresent()) {
            return object;
        }
        HeadObjectResponse head = objects.head(object);
        return new ObjectVersion(
                object.bucket(),
                object.key(),
                Optional.ofNullable(head.versionId()),
                Optional.ofNullable(head.eTag()),
                object.sequencer());
    }

    private ObjectResult claimAndImport(ObjectVersion object, Deadline deadline) throws S3Failure {
        String bucket = settings.reportBucket().orElse(object.bucket());
        String key = REPORTS + object.key() + "." + object.version().orElseThrow() + ".json";
        Instant expires = Instant.now().plus(deadline.left()).plus(GRACE);
        Optional<Claim> claim = Claim.take(objects, bucket, key, object, expires, null);
        Claim.Found found = null;
        Deadline patience = deadline.within(PATIENCE);
        while (claim.isEmpty()) {
            found = Claim.find(objects, bucket, key).orElse(null);
            if (found != null && found.isOver()) {
                return new ObjectResult(
                        object,
                        ObjectResult.Outcome.DUPLICATE,
                        found.recordsImported(),
                        null,
                        "s3://" + bucket + "/" + key);
            }
            if (found == null || found.isFree(Instant.now())) {
                claim = Claim.take(objects, bucket, key, object, expires, found);
            } else if (patience.leaves(LOOK_AGAIN)) {
                Backoff.sleep(LOOK_AGAIN);
            } else {
                throw Problem.unavailable(
                                "Another delivery of s3://" + object.bucket() + "/" + object.key()
                                        + " is being imported. This one is left to come again.",
                                Duration.between(Instant.now(), found.expires()))
                        .exception();
            }
        }
        Claim taken = claim.get();
        Claim.Found earlier = found;
        return journal.write(entry -> {
            try {
                return new Attempt(object, taken, entry, deadline).run(earlier);
            } catch (S3Failure e) {
                throw e.problem().exception();
            }
        });
    }

    /** One attempt at an object that is claimed. */
    private final class Attempt {

        private final ObjectVersion object;
        private final Claim claim;
        private final JournalEntry entry;
        private final Deadline deadline;
        private final Report report = new Report();
        private HeadObjectResponse head;
        private FileSource reader;
        private ImportRequest request;

        Attempt(ObjectVersion object, Claim claim, JournalEntry entry, Deadline deadline) {
            this.entry = entry;
            this.object = object;
            this.claim = claim;
            this.deadline = deadline;
        }

        ObjectResult run(Claim.Found earlier) throws S3Failure {
            try {
                if (earlier != null && earlier.managed() && earlier.sessionId() != null) {
                    ManagedSession session = new ManagedSession(sessions, earlier.applicationId(), claim);
                    if (finished(session, earlier)) {
                        return completed(earlier.recordsImported());
                    }
                }
                read();
                refuseIfHalfDone(earlier);
                ImportAnswer answer = importer.send(request, session(), entry, deadline);
                report.answer(answer);
                return completed(answer.recordsImported());
            } catch (ProblemException e) {
                return failed(e.problem());
            } catch (S3Failure e) {
                return broken(e);
            } catch (UncheckedIOException e) {
                if (e.getCause() instanceof S3Failure failure) {
                    return broken(failure);
                }
                throw e;
            }
        }

        /** Whether an attempt that broke off had everything in its session; if not, what it left is cancelled. */
        private boolean finished(ManagedSession session, Claim.Found earlier) {
            return switch (session.adopt(earlier.sessionId(), deadline)) {
                case STARTED -> true;
                case GONE -> false;
                case OPEN -> {
                    if (earlier.state() == Claim.State.STARTING) {
                        session.start(deadline);
                        yield true;
                    }
                    if (!session.cancel(deadline)) {
                        throw Problem.unavailable(
                                        "The session " + earlier.sessionId()
                                                + " of an earlier attempt could not be cancelled.",
                                        Duration.ofSeconds(30))
                                .exception();
                    }
                    yield false;
                }
            };
        }

        private void read() throws S3Failure {
            head = objects.head(object);
            FileFormat format = FileFormat.of(object.key(), Optional.ofNullable(head.contentEncoding()))
                    .orElseThrow(() -> Problem.of(
                                    ProblemType.INVALID_REQUEST,
                                    "The name of an import must end in " + FileFormat.ENDINGS + ". Nothing was sent.")
                            .exception());
            reader = new FileSource(
                    format, FileSettings.of(object.key(), head.metadata(), settings), objects.opener(object));
            request = importer.read(reader.records(), entry, deadline);
            report.read(request);
        }

        /** A session of the caller's own can't be emptied, so users that may be in it are not sent again without anyone knowing. */
        private void refuseIfHalfDone(Claim.Found earlier) {
            if (earlier != null
                    && earlier.state() == Claim.State.IMPORTING
                    && !earlier.managed()
                    && request.outcome() instanceof PlanOutcome.Planned) {
                throw Problem.of(
                                ProblemType.SESSION_CONFLICT,
                                "An earlier attempt broke off while users went to the session "
                                        + earlier.sessionId()
                                        + ". Which of them are in it is unknown. Cancel that session, create another"
                                        + " and put the file into the bucket again.")
                        .after(0, Ranges.all(request.plan(), NotImported.Outcome.UNKNOWN))
                        .exception();
            }
        }

        private SessionScope session() {
            ImportOptions options = request.options();
            if (options.sessionId().isEmpty()) {
                return new ManagedSession(sessions, options.applicationId(), claim);
            }
            return new CallerSession(sessions, options) {
                @Override
                public String open(Deadline limit) {
                    String id = super.open(limit);
                    report.write(claim, Claim.State.IMPORTING);
                    return id;
                }
            };
        }

        private ObjectResult completed(int recordsImported) throws S3Failure {
            report.recordsImported(recordsImported);
            rejectedRows();
            report.finish(claim, Claim.State.COMPLETED);
            return result(ObjectResult.Outcome.IMPORTED, recordsImported, null);
        }

        private ObjectResult failed(Problem problem) throws S3Failure {
            entry.failed(problem);
            report.problem(problem);
            report.recordsImported(problem.recordsImported());
            if (mendable(problem)) {
                report.finish(claim, Claim.State.RETRY);
                throw problem.exception();
            }
            rejectedRows();
            report.finish(claim, Claim.State.FAILED);
            return result(
                    ObjectResult.Outcome.FAILED,
                    problem.recordsImported(),
                    problem.type().slug());
        }

        private ObjectResult broken(S3Failure failure) throws S3Failure {
            if (!failure.isMissing() && !failure.isForbidden()) {
                entry.failed(failure.problem());
                report.problem(failure.problem());
                report.finish(claim, Claim.State.RETRY);
                throw failure;
            }
            return failed(Problem.of(
                    ProblemType.INVALID_REQUEST,
                    failure.getMessage()
                            + (failure.isMissing()
                                    ? ": the object, or this version of it, is gone"
                                    : ": the function's role may not read it")
                            + ". Nothing was sent."));
        }

        /** Whether another delivery may do better, and would send nobody twice. */
        private boolean mendable(Problem problem) {
            boolean passing =
                    problem.type() == ProblemType.OKTA_UNAVAILABLE || problem.type() == ProblemType.SESSION_CONFLICT;
            boolean own = request == null || request.options().sessionId().isEmpty();
            return passing && (own || problem.notImported().isEmpty());
        }

        /** The rows that were rejected as a file of their own, beside the report. */
        private void rejectedRows() {
            if (report.rejected().isEmpty() || reader == null) {
                return;
            }
            String key = claim.key().substring(0, claim.key().length() - ".json".length()) + reader.rejectedEnding();
            try {
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                reader.writeRejected(report.rejected().errors(), rows);
                objects.writeLike(head, claim.bucket(), key, reader.rejectedType(), rows.toByteArray());
                report.rejectedRows(key);
            } catch (IOException e) {
                // The report has every reason; the import's result doesn't depend on this convenience.
                report.rejectedRows(null);
            }
        }

        private ObjectResult result(ObjectResult.Outcome outcome, int recordsImported, String problem) {
            return new ObjectResult(
                    object, outcome, recordsImported, problem, "s3://" + claim.bucket() + "/" + claim.key());
        }
    }
}
