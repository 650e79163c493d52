package dev.bulkuserimport.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The report's member {@code okta}. */
final class OktaForm {

    private OktaForm() {}

    static OktaView view(Form<OktaView> form) {
        form.derived("usersChecked", view -> Optional.of(view.partial().isEmpty()));
        return new OktaView(
                form.list("sessions", OktaView::sessions, OktaForm::session),
                form.object("users", OktaView::users, OktaForm::seen),
                form.object("deactivations", OktaView::deactivated, OktaForm::seen),
                form.maybe("usersCheckedBecause", OktaView::partial),
                form.object("memberships", OktaView::memberships, OktaForm::memberships));
    }

    private static OktaView.Session session(Form<OktaView.Session> form) {
        return new OktaView.Session(
                form.number("number", OktaView.Session::number),
                form.text("sessionId", OktaView.Session::sessionId),
                form.text("status", OktaView.Session::status));
    }

    private static OktaView.Memberships memberships(Form<OktaView.Memberships> form) {
        return new OktaView.Memberships(
                form.number("groups", OktaView.Memberships::groups),
                form.number("shown", OktaView.Memberships::shown),
                form.number("notShown", OktaView.Memberships::missing),
                form.number("stillShown", OktaView.Memberships::stillThere),
                form.maybe("groupsLeftOutBecause", OktaView.Memberships::partial));
    }

    private static OktaView.Seen seen(Form<OktaView.Seen> form) {
        form.derived("shown", seen -> Optional.of(seen.shown()));
        Optional<Integer> notYet = form.member(
                "notSeenYet", seen -> Optional.of(seen.missing()).filter(n -> !seen.all()), n -> n, JsonNode::asInt);
        Optional<Integer> notShown = form.member(
                "notShown", seen -> Optional.of(seen.missing()).filter(n -> seen.all()), n -> n, JsonNode::asInt);
        form.derived("notShownIdsCount", seen -> Optional.of(seen.missing()).filter(n -> seen.all()));
        return new OktaView.Seen(
                form.counts("byStatus", OktaView.Seen::byStatus),
                notShown.or(() -> notYet).orElse(0),
                form.member(
                                "notShownIds",
                                seen -> Optional.of(seen.missingIds()).filter(ids -> seen.all()),
                                ids -> ids,
                                json -> Form.all(json, JsonNode::asText))
                        .orElse(List.of()),
                notYet.isEmpty());
    }
}
