package dev.bulkuserimport.okta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The sibling cards: create, list, get, trigger and delete an import session. */
@Singleton
public class Sessions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OktaExchange okta;

    Sessions(OktaExchange okta) {
        this.okta = okta;
    }

    public ImportSession get(String app, String session, Deadline deadline) {
        return ImportSession.of(
                expect(okta.execute(OktaCall.getSession(app, session), deadline), app, session, deadline)
                        .body());
    }

    public List<ImportSession> list(String app, Deadline deadline) {
        OktaReply.Answered answer = expect(okta.execute(OktaCall.listSessions(app), deadline), app, null, deadline);
        List<ImportSession> sessions = new ArrayList<>();
        try {
            for (JsonNode session : JSON.readTree(answer.body())) {
                sessions.add(ImportSession.of(session));
            }
        } catch (IOException e) {
            throw Problem.of(ProblemType.OKTA_REJECTED, "Okta's answer is not a list of import sessions.")
                    .exception();
        }
        return sessions;
    }

    /**
     * An application's sessions, and how far Okta's clock is ahead of ours.
     *
     * @param ahead negative when it is behind
     */
    public record Listed(List<ImportSession> sessions, Duration ahead) {}

    /** As {@link #list}, with Okta's clock. */
    public Listed listed(String app, Deadline deadline) {
        return new Listed(list(app, deadline), Duration.ZERO);
    }

    public ImportSession create(String app, Deadline deadline) {
        return ImportSession.of(expect(okta.execute(OktaCall.createSession(app), deadline), app, null, deadline)
                .body());
    }

    public ImportSession start(String app, String session, Deadline deadline) {
        return ImportSession.of(
                expect(okta.execute(OktaCall.startImport(app, session), deadline), app, session, deadline)
                        .body());
    }

    public void cancel(String app, String session, Deadline deadline) {
        expect(okta.execute(OktaCall.cancelSession(app, session), deadline), app, session, deadline);
    }

    /** The problem for a 404, which Okta gives for an unknown application and for an unknown session alike. */
    public Problem notFound(OktaError error, String app, String session, Deadline deadline) {
        boolean applicationUnknown = session == null;
        if (!applicationUnknown && error.summary() != null && error.summary().contains(app)) {
            applicationUnknown = true;
        } else if (!applicationUnknown
                && (error.summary() == null || !error.summary().contains(session))) {
            applicationUnknown =
                    okta.execute(OktaCall.listSessions(app), deadline).status() == 404;
        }
        return error.addTo(
                applicationUnknown
                        ? Problem.of(
                                ProblemType.APPLICATION_NOT_FOUND,
                                "Okta knows no Custom Identity Source application " + app + ". Check applicationId.")
                        : Problem.of(
                                ProblemType.SESSION_NOT_FOUND,
                                "The application " + app + " has no import session " + session
                                        + ". Create one, or check sessionId."));
    }

    private OktaReply.Answered expect(OktaReply.Answered answer, String app, String session, Deadline deadline) {
        if (answer.isSuccess()) {
            return answer;
        }
        OktaError error = OktaError.of(answer);
        throw switch (answer.status()) {
            case 404 -> notFound(error, app, session, deadline).exception();
            case 400, 409 -> OktaRefusal.conflict(error).exception();
            default -> OktaRefusal.rejected(error).exception();
        };
    }
}
