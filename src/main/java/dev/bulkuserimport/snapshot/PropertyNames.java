package dev.bulkuserimport.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers of property names in a state; a name keeps its number for the lifetime of the state. */
public final class PropertyNames {

    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int shown;

    public PropertyNames(List<String> known) {
        this(known, 0);
    }

    /** @param shown how many of them, from the first on, Okta has shown for someone */
    public PropertyNames(List<String> known, int shown) {
        this.shown = shown;
        this.names = new ArrayList<>(known);
        for (int i = 0; i < names.size(); i++) {
            numbers.put(names.get(i), i);
        }
    }

    int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        names.add(name);
        numbers.put(name, names.size() - 1);
        return names.size() - 1;
    }

    boolean isShown(int number) {
        return number < shown;
    }

    String name(int number) {
        return names.get(number);
    }

    /** All names, by number. */
    public List<String> all() {
        return List.copyOf(names);
    }
}
