package dev.bulkuserimport.snapshot;

import java.util.List;
import java.util.Map;

/** Builds a state's people from Okta's application users. */
public final class ShownPeople {

    private final People people = new People();
    private final PropertyNames names = new PropertyNames(List.of());
    private final ProfileHash profile;

    public ShownPeople(HashKey key) {
        this.profile = new ProfileHash(key);
    }

    /**
     * Adds a person who is active in Okta.
     *
     * @param shown the properties that Okta shows, without empty ones
     */
    public void addActive(String externalId, Map<String, String> shown) {
        if (shown.isEmpty()) {
            people.addUnknown(externalId);
            return;
        }
        profile.begin();
        shown.forEach((name, value) -> {
            char[] text = value.toCharArray();
            profile.property(names.number(name), name, text, 0, text.length);
        });
        people.addShown(externalId, profile);
    }

    /** Adds a person without access. */
    public void addInactive(String externalId) {
        people.addInactive(externalId);
    }

    public People people() {
        return people;
    }

    /** The properties that Okta shows for anyone. */
    public List<String> names() {
        return names.all();
    }
}
