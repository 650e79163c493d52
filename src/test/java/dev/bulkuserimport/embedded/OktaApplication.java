package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Custom Identity Source application: its sessions, what Okta does with them, and its users. */
final class OktaApplication {

    private final String id;
    private final OktaDirectory directory;
    private final List<OktaSession> sessions = new ArrayList<>();
    private List<Processing> processing = List.of(Processing.QUICK);
    private Optional<LiveTimes> live = Optional.empty();
    private Duration pause = Duration.ZERO;
    private String label;
    private String status;
    private int triggered;

    OktaApplication(String id, OktaDirectory directory) {
        this.id = id;
        this.directory = directory;
    }

    void describe(String newLabel, String newStatus) {
        label = newLabel;
        status = newStatus;
    }

    OktaDirectory directory() {
        return directory;
    }

    List<OktaSession> sessions() {
        return sessions;
    }

    /** The first triggered session takes the first of them, and so on; all others the last. */
    void processing(List<Processing> inOrder) {
        processing = inOrder;
        triggered = 0;
    }

    void pause(Duration betweenSessions) {
        pause = betweenSessions;
    }

    void live(LiveTimes times) {
        live = Optional.of(times);
    }

    void trigger(OktaSession session, Instant now) {
        if (live.isPresent()) {
            pause = live.get().pause();
            session.trigger(now, LiveTimes.processing(session.size()));
            return;
        }
        session.trigger(now, processing.get(Math.min(triggered++, processing.size() - 1)));
    }

    /** Lets Okta work until now: one triggered session after the other, in the order in which they were triggered. */
    void work(Instant now) {
        sessions.forEach(session -> session.expireIfIdle(now));
        Instant free = Instant.MIN;
        for (OktaSession session : sessions.stream()
                .filter(session -> session.triggered().isPresent())
                .sorted((a, b) -> a.triggered().get().compareTo(b.triggered().get()))
                .toList()) {
            if (session.status().equals("TRIGGERED")) {
                session.beginsNotBefore(free);
                if (!session.process(directory, now)) {
                    return;
                }
            }
            free = session.ended().orElse(free);
        }
    }

    boolean isActive() {
        return status.equals("ACTIVE");
    }

    /** Whether a session in the way forbids another one now. */
    boolean isBusy(Instant now) {
        return sessions.stream()
                .anyMatch(session -> session.isActive()
                        || session.triggered()
                                .filter(at -> at.plus(pause).isAfter(now))
                                .isPresent());
    }

    ObjectNode json() {
        ObjectNode json = OktaAnswer.JSON.createObjectNode();
        json.put("id", id).put("name", "custom_identity_source");
        return json.put("label", label).put("status", status);
    }
}
