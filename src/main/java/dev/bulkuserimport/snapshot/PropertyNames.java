package dev.bulkuserimport.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers that stand for property names in a state; a name keeps its number for the state's life. */
public final class PropertyNames {

    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    public PropertyNames(List<String> known) {
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

    String name(int number) {
        return names.get(number);
    }

    /** All of them, by number. */
    public List<String> all() {
        return List.copyOf(names);
    }
}
