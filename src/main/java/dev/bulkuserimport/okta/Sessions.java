package dev.bulkuserimport.okta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The card's sibling operations: create, list, get, trigger and delete an import session. */
@Singleton
public class Sessions {

    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;

    /** How long a session whose creation is in doubt is looked for: its caller waits for half a minute in all. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    /** Okta's clock is known to the second. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private final OktaExchange okta;

    /** How far Okta's clock was ahead of ours at the last answer. */
    private volatile Duration ahead = Duration.ZERO;

    Sessions(OktaExchange okta) {
        this.okta = okta;
    }

    /** Now, by Okta's clock, to the second. */
    public Instant now() {
        return Instant.now().plus(ahead);
    }

    public ImportSession get(String app, String session, Deadline deadline) {
        OktaReply.Answered answer = okta.execute(OktaCall.getSession(app, session), deadline);
        OktaError error = OktaError.of(answer);
        if (answer.status() == BAD_REQUEST && error.hasOktaCode() && !error.isInactiveApplication()) {
            // Okta's reference says 404, its guide 400 "The Identity Source Session ID is invalid".
            throw notFound(error, app, Optional.of(session), deadline).exception();
        }
        return ImportSession.of(expect(answer, app, Optional.of(session), false, deadline))
                .orElseThrow(() -> OktaProblems.unreadable("an import session").exception());
    }

    /** Fetches the credentials for calls about the sessions of {@code app} while the import's thread does something else. */
    public CredentialsAhead authorizeAhead(String app, Deadline deadline) {
        return okta.authorizeAhead(OktaCall.listSessions(app), deadline);
    }

    public List<ImportSession> list(String app, Deadline deadline) {
        return listed(app, deadline).sessions();
    }

    private static List<ImportSession> sessions(OktaReply.Answered answer) {
        JsonNode listed = OktaJson.tree(answer.body())
                .filter(JsonNode::isArray)
                .orElseThrow(() ->
                        OktaProblems.unreadable("a list of import sessions").exception());
        List<ImportSession> sessions = new ArrayList<>();
        for (JsonNode session : listed) {
            sessions.add(
                    ImportSession.of(session).orElseThrow(() -> OktaProblems.unreadable("a list of import sessions")
                            .exception()));
        }
        return sessions;
    }

    /**
     * An application's sessions, and how far Okta's clock is ahead of ours.
     *
     * @param ahead negative when it is behind
     */
    public record Listed(List<ImportSession> sessions, Duration ahead) {}

    /** Like {@link #list}, with Okta's clock. */
    public Listed listed(String app, Deadline deadline) {
        OktaReply.Answered answer =
                expect(okta.execute(OktaCall.listSessions(app), deadline), app, Optional.empty(), false, deadline);
        return new Listed(sessions(answer), answer.ahead());
    }

    /** The result of creating a session. */
    public sealed interface Creation {

        /** Okta created it. */
        record Created(ImportSession session) implements Creation {}

        /** Okta did not create one. */
        record Refused(Problem problem) implements Creation {}

        /** The answer was lost or couldn't be read: a session may exist. */
        record Perhaps(Problem problem) implements Creation {}
    }

    /** Like {@link #create}, for a caller that looks for the session itself when the answer is lost. */
    public Creation tryCreate(String app, Deadline deadline) {
        Witness witness = new Witness();
        try {
            OktaReply.Answered answer = okta.execute(OktaCall.createSession(app), deadline, witness);
            return ImportSession.of(expect(answer, app, Optional.empty(), deadline))
                    .<Creation>map(Creation.Created::new)
                    .orElseGet(() -> new Creation.Perhaps(OktaProblems.unreadable("an import session")));
        } catch (ProblemException e) {
            return witness.mayBeDone ? new Creation.Perhaps(e.problem()) : new Creation.Refused(e.problem());
        }
    }

    /** Learns from a call's attempts whether an earlier one may have been carried out: a 5xx doesn't say so. */
    private static final class Witness implements Consumer<OktaReply> {
        private boolean mayBeDone;

        @Override
        public void accept(OktaReply reply) {
            mayBeDone |= reply instanceof OktaReply.Lost
                    || reply instanceof OktaReply.Answered answer && answer.status() >= 500;
        }
    }

    /**
     * Creates a session.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code okta-unavailable} also when it may have been created: Okta's answer was
     *     lost or doesn't identify the session, or the active session that Okta refuses another one for may be the one of an earlier attempt
     */
    public ImportSession create(String app, Deadline deadline) {
        Instant from = Instant.now().minus(ROUNDING);
        Creation creation = tryCreate(app, deadline);
        if (creation instanceof Creation.Created created) {
            return created.session();
        }
        if (creation instanceof Creation.Perhaps perhaps) {
            throw perhapsCreated(perhaps.problem(), app, from, deadline).exception();
        }
        throw ((Creation.Refused) creation).problem().exception();
    }

    private Problem perhapsCreated(Problem problem, String app, Instant from, Deadline deadline) {
        boolean unknown =
                problem.type() == ProblemType.SESSION_CONFLICT || problem.type() == ProblemType.OKTA_UNAVAILABLE;
        if (!unknown) {
            return problem;
        }
        try {
            Listed listed = listed(app, deadline.within(LOOK));
            Instant since = from.plus(listed.ahead());
            // An older one is someone else's.
            Optional<ImportSession> active = listed.sessions().stream()
                    .filter(ImportSession::isEmpty)
                    .filter(session -> session.created().filter(since::isAfter).isEmpty())
                    .findFirst();
            return active.isPresent() ? OktaProblems.perhapsCreated(problem, active) : problem;
        } catch (ProblemException e) {
            return OktaProblems.perhapsCreated(problem, Optional.empty());
        }
    }

    /**
     * Starts a session's import. If a successful answer doesn't show that it was started, or an earlier attempt may have started it, it is
     * looked up.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code okta-unavailable} also when something in front of Okta answered with a
     *     success, and nothing was started
     */
    public ImportSession start(String app, String session, Deadline deadline) {
        Witness witness = new Witness();
        OktaReply.Answered answer = okta.execute(OktaCall.startImport(app, session), deadline, witness);
        if (answer.status() == BAD_REQUEST && witness.mayBeDone) {
            ImportSession now = get(app, session, deadline);
            if (now.isStarted()) {
                return now;
            }
        }
        ImportSession shown = ImportSession.of(expect(answer, app, Optional.of(session), deadline))
                .filter(started -> !started.takesUploads())
                .orElseGet(() -> get(app, session, deadline));
        if (shown.takesUploads()) {
            throw OktaProblems.unreadable("a session that was started").exception();
        }
        return shown;
    }

    /**
     * Cancels a session. One that an earlier attempt has closed is cancelled.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code okta-unavailable} also when something in front of Okta answered with a
     *     success, and the session still exists
     */
    public void cancel(String app, String session, Deadline deadline) {
        Witness witness = new Witness();
        OktaReply.Answered answer = okta.execute(OktaCall.cancelSession(app, session), deadline, witness);
        if (answer.status() == BAD_REQUEST) {
            // The session can't be cancelled or doesn't exist; looking it up tells which.
            ImportSession now = get(app, session, deadline);
            if (now.isCancelled() && witness.mayBeDone) {
                return;
            }
            throw OktaProblems.refused(OktaError.of(answer), true)
                    .with("sessionStatus", now.status())
                    .exception();
        }
        expect(answer, app, Optional.of(session), deadline);
        // Okta itself answers 204 without a body.
        if (answer.status() != NO_CONTENT && get(app, session, deadline).takesUploads()) {
            throw OktaProblems.unreadable("the end of an import session").exception();
        }
    }

    /** The problem for a 404, which Okta returns for an unknown application as well as for an unknown session. */
    private Problem notFound(OktaError error, String app, Optional<String> session, Deadline deadline) {
        if (session.isEmpty() || isApplicationUnknown(error, app, session.get(), deadline)) {
            return error.addTo(OktaProblems.unknownApplication(app));
        }
        return error.addTo(Problem.of(
                ProblemType.SESSION_NOT_FOUND,
                "The application " + app + " has no import session " + session.get()
                        + ". Create one, or check sessionId."));
    }

    private boolean isApplicationUnknown(OktaError error, String app, String session, Deadline deadline) {
        if (error.says(app)) {
            return true;
        }
        return !error.says(session)
                && okta.execute(OktaCall.listSessions(app), deadline).status() == 404;
    }

    /** The answer to a call that changes something. */
    private OktaReply.Answered expect(
            OktaReply.Answered answer, String app, Optional<String> session, Deadline deadline) {
        return expect(answer, app, session, true, deadline);
    }

    private OktaReply.Answered expect(
            OktaReply.Answered answer, String app, Optional<String> session, boolean changes, Deadline deadline) {
        ahead = answer.ahead();
        if (answer.isSuccess()) {
            return answer;
        }
        OktaError error = OktaError.of(answer);
        throw (answer.status() == 404 ? notFound(error, app, session, deadline) : OktaProblems.refused(error, changes))
                .exception();
    }
}
