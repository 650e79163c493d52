package dev.bulkuserimport.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds and counts the properties in which people differ from the state. */
final class ChangedProperties {

    private final PropertyNames names;
    /** The names of the properties that the source has; empty if they are only known from each record. */
    private Set<String> inSource = Set.of();
    /** Whether the state has others, so that people must be looked at for them. */
    private boolean hasOthers;

    private final Map<String, Integer> counts = new TreeMap<>();

    ChangedProperties(PropertyNames names) {
        this.names = names;
    }

    /** Properties without a column are not compared: Okta still has their values, which are not the source's. */
    void only(List<String> columns) {
        inSource = Set.copyOf(columns);
        hasOthers = !inSource.isEmpty() && !inSource.containsAll(names.all());
    }

    /** Adds to a profile what the state knows of the login and of properties that the source doesn't have. */
    void keep(PersonEntry.Cursor before, ProfileHash now) {
        now.keepLogin(before.login());
        if (!hasOthers || before.kind() != PersonEntry.Kind.ACTIVE || before.isShown()) {
            return;
        }
        int[] known = before.properties();
        for (int i = 0; i < known.length; i += 2) {
            if (!isInSource(known[i]) && !now.has(known[i])) {
                now.keep(known[i], known[i + 1]);
            }
        }
    }

    private boolean isInSource(int name) {
        return inSource.isEmpty() || inSource.contains(names.name(name));
    }

    /** How many people differ in each property. */
    Map<String, Integer> counts() {
        return new LinkedHashMap<>(counts);
    }

    /** The properties in which an active person's profile differs. */
    List<String> of(PersonEntry.Cursor before, ProfileHash now) {
        if (!before.isShown() && before.sum() == now.sum()) {
            return List.of();
        }
        int[] known = before.properties();
        return before.isShown() ? fromShown(known, now) : fromSent(known, now);
    }

    void count(List<String> changed) {
        changed.forEach(name -> counts.merge(name, 1, Integer::sum));
    }

    /** Each property that exists only before, only now, or with a different hash, if the source has it. */
    private List<String> fromSent(int[] before, ProfileHash now) {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < now.count(); i++) {
            int at = find(before, now.name(i));
            if (at < 0 || before[at + 1] != now.hash(i)) {
                changed.add(names.name(now.name(i)));
            }
        }
        for (int i = 0; i < before.length; i += 2) {
            if (!now.has(before[i]) && isInSource(before[i])) {
                changed.add(names.name(before[i]));
            }
        }
        return changed;
    }

    /** Each property that will be sent, that Okta shows for at least one person, and that has a different value in Okta. */
    private List<String> fromShown(int[] shown, ProfileHash now) {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < now.count(); i++) {
            int at = find(shown, now.name(i));
            boolean same = at < 0 ? now.isEmpty(i) : shown[at + 1] == now.hash(i);
            if (!same && names.isShown(now.name(i))) {
                changed.add(names.name(now.name(i)));
            }
        }
        return changed;
    }

    private static int find(int[] pairs, int name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i] == name) {
                return i;
            }
        }
        return -1;
    }
}
