package dev.bulkuserimport.upload;

import dev.bulkuserimport.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.metrics.ImportRecord;
import dev.bulkuserimport.metrics.Journal;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.request.ImportOperation;
import dev.bulkuserimport.request.ImportOptions;
import dev.bulkuserimport.request.ImportRequest;
import jakarta.inject.Singleton;
import java.util.List;

/** Carries out an import that has been read: everything is checked, the session's status too, before the first byte goes to it. */
@Singleton
public class Importer {

    private final OktaConnection connection;
    private final Credentials credentials;
    private final Sessions sessions;
    private final Settings settings;
    private final Journal journal;

    Importer(
            OktaConnection connection, Credentials credentials, Sessions sessions, Settings settings, Journal journal) {
        this.connection = connection;
        this.credentials = credentials;
        this.sessions = sessions;
        this.settings = settings;
        this.journal = journal;
    }

    /**
     * Imports into the session that the request names.
     *
     * @throws ProblemException when not everything is in; it says what is, what is not, and what is unknown
     */
    public ImportAnswer run(ImportRequest request, Deadline deadline) {
        return run(request, new CallerSession(sessions, request.options()), deadline);
    }

    /** Imports into a session that {@code session} opens once everything else is checked, and closes when everything is in. */
    public ImportAnswer run(ImportRequest request, SessionScope session, Deadline deadline) {
        ImportRecord record = journal.begin(request.options(), request.records());
        try {
            ImportAnswer answer = checkAndSend(request, session, deadline, record);
            record.succeeded(answer.recordsImported(), answer.rejected().size(), answer.sessionId());
            return answer;
        } catch (ProblemException e) {
            record.failed(e.problem(), session.id());
            throw e;
        } finally {
            journal.end(record);
        }
    }

    private ImportAnswer checkAndSend(
            ImportRequest request, SessionScope session, Deadline deadline, ImportRecord record) {
        ImportOptions options = request.options();
        if (request.outcome() instanceof PlanOutcome.Refused refused) {
            throw refused.problem().exception();
        }
        SessionPlan plan = ((PlanOutcome.Planned) request.outcome()).plan();
        refuseMassDeactivation(plan);
        if (plan.users() == 0) {
            return new ImportAnswer(
                    0, options.sessionId(), options, 0, plan.rejected(), options.dryRun() ? List.of() : null);
        }
        if (options.dryRun()) {
            session.check(deadline);
            return new ImportAnswer(
                    0, options.sessionId(), options, plan.requests().size(), plan.rejected(), plan.requests());
        }
        String id = session.open(deadline);
        UploadResult result = new UploadRun(
                        connection,
                        credentials,
                        new SessionLookup(sessions, options.applicationId(), id),
                        plan,
                        settings.parallelRequests(),
                        deadline)
                .execute();
        record.sent(result.sent());
        if (result.failure() != null) {
            throw session.abandon(result.failure(), plan, deadline).exception();
        }
        session.close(plan, deadline);
        if (result.sent().retries() == 0) {
            plan.release();
        }
        return new ImportAnswer(
                result.recordsImported(), id, options, result.sent().requests(), plan.rejected(), null);
    }

    private void refuseMassDeactivation(SessionPlan plan) {
        Integer most = settings.maxDeactivations();
        if (plan.operation() == ImportOperation.DEACTIVATE_AND_DELETE && most != null && plan.users() > most) {
            throw Problem.of(
                            ProblemType.DEACTIVATION_LIMIT_EXCEEDED,
                            plan.users() + " users would be deactivated; this function may deactivate at most " + most
                                    + " in one import (IMPORT_MAX_DEACTIVATIONS). Nothing was sent.")
                    .with("users", plan.users())
                    .with("maxDeactivations", most)
                    .exception();
        }
    }
}
