package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.okta.ApplicationSchemas;
import dev.bulkuserimport.okta.CredentialsAhead;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.Comparison;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.PlanSummary;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.plan.SchemaUse;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.plan.SessionSink;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The main path of an import: reads, checks, opens a session, uploads, closes the session and answers. Everything is checked, including the
 * session's status, before the first byte is sent to it.
 */
@Singleton
public class Importer {

    private final Uploads uploads;
    private final Sessions sessions;
    private final ApplicationSchemas schemas;
    private final Settings settings;

    Importer(Uploads uploads, Sessions sessions, ApplicationSchemas schemas, Settings settings) {
        this.uploads = uploads;
        this.sessions = sessions;
        this.schemas = schemas;
        this.settings = settings;
    }

    /**
     * Imports a source into the session that it names.
     *
     * @param entry records the progress of the import
     * @throws dev.bulkuserimport.problem.ProblemException when not everything was accepted; it lists what was, what was not, and what is
     *     unknown
     */
    public ImportAnswer run(RecordSource source, JournalEntry entry, Deadline deadline) {
        OneSession only = new OneSession(deadline);
        ReadImport read = read(source, only, FileSize.ONE_SESSION, entry, deadline);
        ImportOptions options = read.options();
        return send(
                read,
                only.plan,
                new CallerSession(sessions, options.applicationId(), options.sessionId(), only.credentials),
                entry,
                deadline);
    }

    /** Receives a source's sessions. */
    public interface FileSessions extends SessionSink {

        /**
         * Called before the records are read, and again if the source has to be read twice.
         *
         * @param preface what is known before the first record
         */
        void begin(Preface preface) throws IOException;

        /** What is known about the people, available once the records are read. */
        default Comparison comparison() {
            return Comparison.NONE;
        }

        /** The limits that can refuse the source, in addition to its own, which can only lower them. */
        Guards guards(ImportOperation operation);

        /** Whether what a guard refuses is handed over all the same, for a person to decide. */
        default boolean mayWait() {
            return false;
        }
    }

    /** The maximum size of a source. */
    public enum FileSize {
        ONE_SESSION,
        /** {@link PlanRules#MOST_IN_A_FILE} users. */
        MANY_SESSIONS
    }

    /**
     * Reads a source, checks its records and passes on its sessions, each as soon as it is full.
     *
     * @param sessions receives the sessions; sessions received before a restart, or before a refusal, are void
     * @param size the maximum size of the source
     */
    public ReadImport read(
            RecordSource source, FileSessions sessions, FileSize size, JournalEntry entry, Deadline deadline) {
        try (source) {
            Preface preface = source.preface();
            SchemaKnowledge schema = SchemaKnowledge.NOT_ASKED;
            Optional<SessionPlanner> undecided = Optional.empty();
            while (true) {
                entry.operation(preface.operation());
                preface.applicationId().ifPresent(entry::application);
                sessions.begin(preface);
                if (undecided.isEmpty()) {
                    schema = schema(preface, deadline);
                }
                PlanRules rules = rules(preface, schema).withComparison(sessions.comparison());
                PlanRules sized = size == FileSize.MANY_SESSIONS ? rules.withManySessions() : rules;
                SessionPlanner planner = undecided
                        .map(before -> before.readingAgain(sized))
                        .orElseGet(() -> new SessionPlanner(sized, sessions));
                RecordSource.Reading reading = source.read(planner, schema);
                if (reading instanceof RecordSource.Reading.Whole && planner.mustReadAgain()) {
                    undecided = Optional.of(planner);
                    preface = source.again();
                } else if (reading instanceof RecordSource.Reading.Whole whole) {
                    ImportOptions options = whole.options();
                    entry.application(options.applicationId())
                            .operation(options.operation())
                            .dryRun(options.dryRun())
                            .records(planner.records());
                    options.sessionId().ifPresent(entry::session);
                    PlanOutcome outcome = planner.finish();
                    entry.rejected(outcome.summary().rejections().records());
                    return new ReadImport(options, guarded(options, sessions, outcome), whole.notes());
                } else {
                    undecided = Optional.empty();
                    preface = ((RecordSource.Reading.Again) reading).preface();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Imports what was read into a session that is opened once everything else is checked, and closed when everything has been accepted.
     *
     * @param plan the users; without any if there is nothing to send
     */
    private ImportAnswer send(
            ReadImport read, SessionPlan plan, SessionScope session, JournalEntry entry, Deadline deadline) {
        ImportOptions options = read.options();
        if (read.outcome() instanceof PlanOutcome.Refused refused) {
            throw refused.problem().exception();
        }
        PlanSummary planned = read.outcome().summary();
        if (plan.requests().isEmpty()) {
            return new ImportAnswer(
                    Imported.NOTHING,
                    options.sessionId(),
                    options,
                    0,
                    planned,
                    options.dryRun() ? Optional.of(plan) : Optional.empty());
        }
        if (options.dryRun()) {
            session.check(deadline);
            return new ImportAnswer(
                    Imported.NOTHING,
                    options.sessionId(),
                    options,
                    plan.requests().size(),
                    planned,
                    Optional.of(plan));
        }
        UploadResult result = load(options.applicationId(), plan, session, entry, deadline);
        if (result.sent().retries() == 0) {
            plan.release();
        }
        return new ImportAnswer(
                result.imported(), session.id(), options, result.sent().requests(), planned, Optional.empty());
    }

    /**
     * Sends the prepared requests of one session into a session that is opened first and closed when everything has been accepted.
     *
     * @param app the application
     * @throws ProblemException when not everything was accepted; it lists what was, what was not, and what is unknown
     */
    public UploadResult load(
            String app, SessionPlan plan, SessionScope session, JournalEntry entry, Deadline deadline) {
        String id = session.open(deadline);
        entry.session(id);
        UploadResult result = uploads.send(plan, app, id, deadline);
        entry.sent(result.sent())
                .imported(result.recordsImported())
                .deactivated(result.deactivated())
                .groups(result.imported().groups(), result.imported().memberships());
        if (result.failure().isPresent()) {
            Problem failure = session.abandon(result.failure().get(), plan, deadline);
            Imported left = Imported.of(failure);
            entry.imported(left.users())
                    .deactivated(Math.min(left.users(), result.deactivated()))
                    .groups(left.groups(), left.memberships());
            throw failure.exception();
        }
        session.close(plan, deadline);
        return result;
    }

    private PlanRules rules(Preface preface, SchemaKnowledge schema) {
        return PlanRules.oneSession(preface.operation(), settings.skipsInvalidUsers())
                .withSchema(schema.known(), preface.schemaUse() == SchemaUse.FILE)
                .withUsersPerPage(preface.usersPerPage());
    }

    private SchemaKnowledge schema(Preface preface, Deadline deadline) {
        boolean asked = preface.schemaUse() != SchemaUse.NONE
                && preface.operation().takesProfiles()
                && preface.applicationId().isPresent();
        if (!asked) {
            return SchemaKnowledge.NOT_ASKED;
        }
        try {
            return new SchemaKnowledge.Known(schemas.get(preface.applicationId().get(), deadline));
        } catch (ProblemException e) {
            if (preface.schemaUse() == SchemaUse.FILE && e.problem().type() == ProblemType.APPLICATION_NOT_FOUND) {
                // Whether the application exists is determined by the next call, which creates a session.
                return new SchemaKnowledge.Unreadable("Okta has no schema for this application.");
            }
            if (preface.schemaUse() == SchemaUse.FILE && e.problem().type() == ProblemType.OKTA_UNAUTHORIZED) {
                return new SchemaKnowledge.Unreadable("The function may not read the application's schema (scope"
                        + " okta.schemas.read): " + e.problem().detail());
            }
            throw e;
        }
    }

    private static PlanOutcome guarded(ImportOptions options, FileSessions sessions, PlanOutcome outcome) {
        if (!(outcome instanceof PlanOutcome.Planned planned)) {
            return outcome;
        }
        PlanSummary plan = planned.summary();
        return sessions.guards(options.operation())
                .refusal(
                        options.guards(),
                        sessions.comparison().impact(plan.records(), plan.deactivations(), plan.removals()))
                .<PlanOutcome>map(problem -> sessions.mayWait()
                        ? new PlanOutcome.Stopped(problem, plan)
                        : new PlanOutcome.Refused(problem, plan))
                .orElse(outcome);
    }

    /** Keeps the only session of an import; without users if there is nothing to send. */
    private final class OneSession implements FileSessions {
        private final Deadline deadline;
        private SessionPlan plan = SessionPlan.EMPTY;
        private Optional<String> application = Optional.empty();
        /** A token for looking up the session; it is fetched while the rest of a large payload is planned. */
        private Optional<CredentialsAhead> credentials = Optional.empty();

        OneSession(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public void begin(Preface preface) {
            plan = SessionPlan.EMPTY;
            application = preface.applicationId();
        }

        @Override
        public Guards guards(ImportOperation operation) {
            return Guards.ofCall(operation, settings.maxDeactivations());
        }

        @Override
        public void firstRequestIsFull() {
            if (credentials.isEmpty()) {
                credentials = application.map(app -> sessions.authorizeAhead(app, deadline));
            }
        }

        @Override
        public void session(SessionPlan full) {
            plan = full;
        }
    }
}
