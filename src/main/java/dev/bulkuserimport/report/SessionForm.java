package dev.bulkuserimport.report;

import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.upload.CreationWindow;
import dev.bulkuserimport.upload.Imported;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The report's members about a session. */
final class SessionForm {

    private SessionForm() {}

    static FileSession session(Form<FileSession> form) {
        return new FileSession(
                form.number("number", FileSession::number),
                form.number("users", FileSession::users),
                form.number("deactivations", FileSession::deactivations),
                form.number("requests", FileSession::requests),
                form.number("first", FileSession::first),
                form.number("last", FileSession::last),
                form.part("groups", FileSession::beside, SessionForm::groups),
                form.maybe("seal", FileSession::seal),
                form.part(FileSession::life, SessionForm::life));
    }

    private static GroupsOfSession groups(Form<GroupsOfSession> form) {
        return new GroupsOfSession(
                form.number("groups", GroupsOfSession::groups),
                form.number("firstGroup", GroupsOfSession::firstGroup),
                form.number("lastGroup", GroupsOfSession::lastGroup),
                form.number("memberships", GroupsOfSession::memberships),
                form.number("firstMembership", GroupsOfSession::firstMembership),
                form.number("lastMembership", GroupsOfSession::lastMembership),
                form.part("firstMember", GroupsOfSession::members, SessionForm::members));
    }

    private static NotImported.MemberRange members(Form<NotImported.MemberRange> form) {
        return new NotImported.MemberRange(
                form.number("firstMember", NotImported.MemberRange::first),
                form.number("lastMember", NotImported.MemberRange::last));
    }

    private static SessionLife life(Form<SessionLife> form) {
        SessionState state = form.member(
                        "state",
                        life -> Optional.of(life.state()),
                        SessionState::name,
                        json -> SessionState.valueOf(json.asText()))
                .orElseThrow(IllegalArgumentException::new);
        String id = form.maybe(ReportForm.SESSION_ID, SessionLife::sessionId).orElse("");
        String status = form.maybe("status", SessionLife::status).orElse("");
        int records = form.number("recordsImported", SessionLife::records);
        Imported accepted = new Imported(
                records,
                (int) form.positive(
                        "groupsImported", life -> (long) life.accepted().groups()),
                (int) form.positive(
                        "membershipsImported", life -> (long) life.accepted().memberships()));
        Instant since = form.moment("startedAt", SessionLife::createdAt).orElse(Instant.EPOCH);
        Optional<Instant> at = form.moment("finishedAt", SessionLife::finishedAt);
        List<CreationWindow> calls = form.member(
                        "creating",
                        life -> life instanceof SessionLife.Creating asked
                                ? Optional.of(asked.calls())
                                : Optional.empty(),
                        list -> Form.writeAll(list, SessionForm::call),
                        json -> Form.readAll(json, SessionForm::call))
                .orElse(List.of());
        return switch (state) {
            case PLANNED -> new SessionLife.Planned();
            case CREATING -> new SessionLife.Creating(calls);
            case LOADING -> new SessionLife.Loading(id, since);
            case STARTING -> new SessionLife.Starting(id, since, records);
            case STARTED -> new SessionLife.Started(id, since, status, records);
            case UNCONFIRMED -> new SessionLife.Unconfirmed(id, since, status, records);
            case DONE -> new SessionLife.Done(id, since, status, records, at.orElse(since));
            case BROKEN -> new SessionLife.Broken(id, since, status, accepted, at);
            case SUPERSEDED -> new SessionLife.Superseded();
        };
    }

    private static CreationWindow call(Form<CreationWindow> form) {
        return new CreationWindow(
                form.moment("from", call -> Optional.of(call.from())).orElse(Instant.EPOCH),
                form.moment("until", call -> Optional.of(call.until())).orElse(Instant.EPOCH));
    }
}
