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
     * Adds a person who is active in Okta. Which values count is unknown where Okta shows another active user with the same external ID.
     *
     * @param shown the properties that Okta shows, without empty ones
     */
    public void addActive(String externalId, Map<String, String> shown) {
        if (shown.isEmpty() || isActive(externalId)) {
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

    /** Adds a person without access, unless Okta shows another user with the same external ID who has it. */
    public void addInactive(String externalId) {
        if (!isActive(externalId)) {
            people.addInactive(externalId);
        }
    }

    private boolean isActive(String externalId) {
        int known = people.find(externalId);
        return known != People.NO_PERSON && people.read(known).isActive();
    }

    public People people() {
        return people;
    }

    /** The properties that Okta shows for anyone. */
    public List<String> names() {
        return names.all();
    }
}
