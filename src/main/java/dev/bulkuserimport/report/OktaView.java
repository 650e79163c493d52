package dev.bulkuserimport.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Okta's application users show of a file's users. Whom they don't show is known only when the list was read to its end: of a part of
 * it nothing more is told than whom it does show.
 *
 * @param users those who were imported, or in a file of leavers those who were deactivated; empty where nobody was looked for
 * @param deactivated those who were deactivated beside them
 * @param partial why this is not all that there is to know; empty when everybody was looked for
 */
public record OktaView(Optional<Seen> users, Optional<Seen> deactivated, Optional<String> partial) {

    /**
     * People who were looked for.
     *
     * @param byStatus how many of them were seen, by Okta's status
     * @param missing how many were not seen
     * @param missingIds external IDs of the first of those
     */
    public record Seen(Map<String, Integer> byStatus, int missing, List<String> missingIds) {

        public Seen {
            byStatus = new TreeMap<>(byStatus);
            missingIds = List.copyOf(missingIds);
        }

        private Map<String, Object> members(boolean everywhere) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put(
                    "shown",
                    byStatus.values().stream().mapToInt(Integer::intValue).sum());
            members.put("byStatus", byStatus);
            if (everywhere) {
                members.put("notShown", missing);
                members.put("notShownIds", missingIds);
                members.put("notShownIdsCount", missing);
            } else {
                members.put("notSeenYet", missing);
            }
            return members;
        }
    }

    /** Nobody was looked for. */
    public static OktaView unknown(String why) {
        return new OktaView(Optional.empty(), Optional.empty(), Optional.of(why));
    }

    /** The view as it stands in the report. */
    void addTo(Map<String, Object> members) {
        boolean everywhere = partial.isEmpty();
        users.ifPresent(seen -> members.put("users", seen.members(everywhere)));
        deactivated.ifPresent(seen -> members.put("deactivations", seen.members(everywhere)));
        members.put("usersChecked", everywhere);
        partial.ifPresent(why -> members.put("usersCheckedBecause", why));
    }
}
