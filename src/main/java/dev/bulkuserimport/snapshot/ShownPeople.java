package dev.bulkuserimport.snapshot;

import java.util.List;
import java.util.Map;

/** The people of a state that is made of what Okta shows of them. */
public final class ShownPeople {

    private final People people = new People();
    private final PropertyNames names = new PropertyNames(List.of());
    private final ProfileHash profile;

    public ShownPeople(HashKey key) {
        this.profile = new ProfileHash(key);
    }

    /**
     * Somebody who is active in Okta.
     *
     * @param shown the properties that Okta shows, those without a value left out
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

    /** Somebody who has no access any more. */
    public void addInactive(String externalId) {
        people.addInactive(externalId);
    }

    public People people() {
        return people;
    }

    /** The properties that Okta shows of anybody. */
    public List<String> names() {
        return names.all();
    }
}
