package dev.bulkuserimport.storage;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.OktaLimits;
import dev.bulkuserimport.upload.Importer;
import dev.bulkuserimport.upload.ReadImport;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The first step: all of a file is read and checked, and cut into sessions that are ready to be sent. */
@Singleton
class Planning {

    private final Importer importer;

    Planning(Importer importer) {
        this.importer = importer;
    }

    /**
     * Fills the report with what the file says and the sessions that it needs.
     *
     * @param prepared takes the sessions
     * @throws dev.bulkuserimport.problem.ProblemException when the file is refused; the report has its rejected records by then
     */
    void plan(
            Report report,
            SourceFile file,
            PreparedSessions prepared,
            Importer.FileSize size,
            JournalEntry entry,
            Deadline deadline)
            throws IOException {
        Sessions sessions = new Sessions(report, prepared);
        boolean callers = file.settings().defaults().sessionId().isPresent();
        ReadImport read = importer.read(
                file.content().records(), sessions, callers ? Importer.FileSize.ONE_SESSION : size, entry, deadline);
        ReadFile said = ReadFile.of(read.options(), read.outcome().summary(), read.notes());
        report.file(file.settings().dryRun() ? said.asDryRun() : said);
        entry.dryRun(report.file().orElseThrow().dryRun());
        if (read.outcome() instanceof PlanOutcome.Refused refused) {
            throw refuse(report, prepared, sessions, refused.problem());
        }
        if (said.records() == 0) {
            throw refuse(
                    report,
                    prepared,
                    sessions,
                    Problem.invalidRequest(List.of(new FieldError(
                            "users", "is empty: the file holds not a single user; an empty export is a failed one"))));
        }
        if (said.callerSession().isPresent() && sessions.entries.size() > 1) {
            throw refuse(report, prepared, sessions, tooLarge(said));
        }
        report.sessions(merged(report.sessions(), sessions.entries));
    }

    private static RuntimeException refuse(Report report, PreparedSessions prepared, Sessions sessions, Problem problem)
            throws IOException {
        report.sessions(List.of());
        prepared.forget(sessions.entries.size());
        return problem.exception();
    }

    /** What an earlier attempt left in Okta belongs to the same sessions: the same file is cut in the same way. */
    private static List<SessionEntry> merged(List<SessionEntry> before, List<SessionEntry> now) {
        List<SessionEntry> merged = new ArrayList<>();
        for (SessionEntry entry : now) {
            merged.add(entry.number() <= before.size() ? entry.withLifeOf(before.get(entry.number() - 1)) : entry);
        }
        return merged;
    }

    private static Problem tooLarge(ReadFile file) {
        return Problem.of(
                        ProblemType.SESSION_LIMIT_EXCEEDED,
                        "The file names the session " + file.callerSession().orElseThrow() + " and holds "
                                + file.users()
                                + " users, more than a session takes (" + OktaLimits.USERS_PER_SESSION
                                + "). Leave the session id out: then the file gets as many sessions as it needs. Nothing was"
                                + " sent.")
                .with("users", file.users())
                .with("maxUsers", OktaLimits.USERS_PER_SESSION);
    }

    /** Takes note of each session while it passes. */
    private static final class Sessions implements Importer.FileSessions {
        private final Report report;
        private final PreparedSessions prepared;
        private final List<SessionEntry> entries = new ArrayList<>();

        Sessions(Report report, PreparedSessions prepared) {
            this.report = report;
            this.prepared = prepared;
        }

        @Override
        public void begin(Preface preface) {
            entries.clear();
            report.operation(preface.operation());
            preface.applicationId().ifPresent(report::application);
        }

        @Override
        public void session(SessionPlan plan) throws IOException {
            prepared.keep(plan);
            entries.add(SessionEntry.planned(
                    plan.number(),
                    plan.users(),
                    plan.deactivations(),
                    plan.requests().size(),
                    plan.position(0),
                    plan.position(plan.users() - 1)));
        }
    }
}
