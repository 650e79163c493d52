package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.snapshot.ChangeList.Change;
import java.util.List;
import java.util.Map;

/** Compares active people's profiles with the state, and counts who is new, back, changed or unchanged. */
final class PersonComparison {

    private final ChangedProperties properties;
    private final ChangeList changeList;
    private int created;
    private int returned;
    private int changed;
    private int unchanged;

    PersonComparison(PropertyNames names, ChangeList changeList) {
        this.properties = new ChangedProperties(names);
        this.changeList = changeList;
    }

    /** Only these properties are compared: they are the source's columns. */
    void only(List<String> columns) {
        properties.only(columns);
    }

    void isNew(String externalId) {
        created++;
        changeList.add(externalId, Change.NEW, List.of());
    }

    /**
     * Whether a person whom the state has isn't active in Okta with this profile, to which what the state knows of properties that the source
     * doesn't have is then added.
     */
    boolean isChanged(String externalId, PersonEntry.Cursor before, ProfileHash profile) {
        List<String> differences =
                before.kind() == PersonEntry.Kind.ACTIVE ? properties.of(before, profile) : List.of();
        properties.keep(before, profile);
        if (before.kind() == PersonEntry.Kind.ACTIVE && differences.isEmpty()) {
            unchanged++;
            return false;
        }
        Change change = change(before);
        switch (change) {
            case NEW -> created++;
            case RETURNED -> returned++;
            default -> changed++;
        }
        properties.count(differences);
        changeList.add(externalId, change, differences);
        return true;
    }

    /** A person stays without access. */
    void isUnchanged() {
        unchanged++;
    }

    private static Change change(PersonEntry.Cursor before) {
        return switch (before.kind()) {
            case ACTIVE -> Change.CHANGED;
            case INACTIVE, GONE -> Change.RETURNED;
            case UNKNOWN ->
                switch (before.before()) {
                    case ACTIVE -> Change.CHANGED;
                    case NOT_KNOWN -> Change.NEW;
                    case OUT -> Change.RETURNED;
                };
        };
    }

    int created() {
        return created;
    }

    int returned() {
        return returned;
    }

    int changed() {
        return changed;
    }

    /** How many people differ in each property. */
    Map<String, Integer> changedByProperty() {
        return properties.counts();
    }

    int unchanged() {
        return unchanged;
    }

    int all() {
        return created + returned + changed + unchanged;
    }
}
