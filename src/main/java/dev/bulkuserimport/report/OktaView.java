package dev.bulkuserimport.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Okta's application users show of a file's users. Whom they don't show is known only when the list was read to its end; from a part
 * of it, only whom it does show.
 *
 * @param sessions Okta's last word for each session
 * @param users those who were imported, or in a file of leavers those who were deactivated; empty where no one was looked for
 * @param deactivated those who were deactivated beside them
 * @param partial why this is not all that there is to know; empty when everyone was looked for
 */
public record OktaView(
        List<Session> sessions, Optional<Seen> users, Optional<Seen> deactivated, Optional<String> partial) {

    public OktaView {
        sessions = List.copyOf(sessions);
    }

    /** A session and Okta's last known word for its state. */
    public record Session(int number, String sessionId, String status) {}

    /**
     * People who were looked for.
     *
     * @param byStatus how many of them were seen, by Okta's status
     * @param missing how many were not seen
     * @param missingIds external IDs of the first of those
     * @param all whether everyone was looked for, so that those who were not seen are certainly missing
     */
    public record Seen(Map<String, Integer> byStatus, int missing, List<String> missingIds, boolean all) {

        public Seen {
            byStatus = new TreeMap<>(byStatus);
            missingIds = List.copyOf(missingIds);
        }

        int shown() {
            return byStatus.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** No one was looked for. */
    public static OktaView unknown(FileReport report, String why) {
        return new OktaView(sessions(report), Optional.empty(), Optional.empty(), Optional.of(why));
    }

    /** The sessions of a report as Okta described them last. */
    public static List<Session> sessions(FileReport report) {
        return report.sessions().stream()
                .flatMap(session -> session
                        .sessionId()
                        .map(id -> new Session(
                                session.number(), id, session.life().status().orElse("UNKNOWN")))
                        .stream())
                .toList();
    }
}
