package dev.bulkuserimport.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file's users among Okta's application users. Who is missing is known only if the list was read to its end; a part of it only shows who
 * was found.
 *
 * @param sessions Okta's last status of each session
 * @param users those who were imported, or in a file of leavers those who were deactivated; empty if no one was looked for
 * @param deactivated those who were also deactivated
 * @param partial why this is incomplete; empty if everyone was looked for
 * @param memberships the memberships that were looked for; empty for a file that sent none
 */
public record OktaView(
        List<Session> sessions,
        Optional<Seen> users,
        Optional<Seen> deactivated,
        Optional<String> partial,
        Optional<Memberships> memberships) {

    /** Without memberships. */
    public OktaView(
            List<Session> sessions, Optional<Seen> users, Optional<Seen> deactivated, Optional<String> partial) {
        this(sessions, users, deactivated, partial, Optional.empty());
    }

    public OktaView withMemberships(Optional<Memberships> seen) {
        return new OktaView(sessions, users, deactivated, partial, seen);
    }

    /**
     * Memberships that were looked for, group by group.
     *
     * @param groups how many groups were read
     * @param shown memberships of the file that Okta shows
     * @param missing those that it doesn't show
     * @param stillThere memberships that the file ended, and that Okta still shows
     * @param partial why not all of the groups were read; empty when they were
     */
    public record Memberships(int groups, int shown, int missing, int stillThere, Optional<String> partial) {

        /** None was looked for. */
        public static Memberships unread(String why) {
            return new Memberships(0, 0, 0, 0, Optional.of(why));
        }
    }

    public OktaView {
        sessions = List.copyOf(sessions);
    }

    /** A session and its last known status in Okta. */
    public record Session(int number, String sessionId, String status) {}

    /**
     * People who were looked for.
     *
     * @param byStatus how many of them were found, by Okta's status
     * @param missing how many were not found
     * @param missingIds external IDs of the first ones
     * @param all whether everyone was looked for, so that those not found are certainly missing
     */
    public record Seen(Map<String, Integer> byStatus, int missing, List<String> missingIds, boolean all) {

        static final Seen NO_ONE = new Seen(Map.of(), 0, List.of(), false);

        public Seen {
            byStatus = new TreeMap<>(byStatus);
            missingIds = List.copyOf(missingIds);
        }

        /** How many have one of these statuses. */
        int in(Set<String> some) {
            return byStatus.entrySet().stream()
                    .filter(status -> some.contains(status.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        int shown() {
            return byStatus.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** No one was looked for. */
    public static OktaView unknown(FileReport report, String why) {
        return new OktaView(sessions(report), Optional.empty(), Optional.empty(), Optional.of(why));
    }

    /** The sessions of a report with Okta's last status. */
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
