package dev.bulkuserimport.storage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Okta's application users show of a file's users.
 *
 * @param shown how many of them they show, by Okta's status
 * @param notShown how many they don't show
 * @param notShownIds external IDs of the first of those
 * @param partial why this is not all that there is to know; empty when everybody was looked for
 */
record OktaView(Map<String, Integer> shown, int notShown, List<String> notShownIds, Optional<String> partial) {

    OktaView {
        shown = new TreeMap<>(shown);
        notShownIds = List.copyOf(notShownIds);
    }

    /** Nobody was looked for. */
    static OktaView unknown(String why) {
        return new OktaView(Map.of(), 0, List.of(), Optional.of(why));
    }

    boolean isKnown() {
        return !shown.isEmpty() || notShown > 0 || partial.isEmpty();
    }

    /** The view as it stands in the report. */
    void addTo(Map<String, Object> members) {
        if (isKnown()) {
            Map<String, Object> users = new LinkedHashMap<>();
            users.put(
                    "shown", shown.values().stream().mapToInt(Integer::intValue).sum());
            users.put("byStatus", shown);
            users.put("notShown", notShown);
            users.put("notShownIds", notShownIds);
            users.put("notShownIdsCount", notShown);
            members.put("users", users);
        }
        members.put("usersChecked", partial.isEmpty());
        partial.ifPresent(why -> members.put("usersCheckedBecause", why));
    }
}
