package dev.bulkuserimport.plan;

import java.util.HashSet;
import java.util.Set;

/** The names in one profile: an array while they are few, as they nearly always are, so that a record allocates nothing for them. */
final class PropertyNames {

    private static final int FEW = 32;

    private final String[] few = new String[FEW];
    private int count;
    private Set<String> many;

    void clear() {
        count = 0;
        many = null;
    }

    /** Adds a name; false when it is there already. */
    boolean add(String name) {
        if (contains(name)) {
            return false;
        }
        if (count < FEW) {
            few[count++] = name;
            return true;
        }
        if (many == null) {
            many = new HashSet<>();
        }
        return many.add(name);
    }

    boolean contains(String name) {
        for (int i = 0; i < count; i++) {
            if (few[i].equals(name)) {
                return true;
            }
        }
        return many != null && many.contains(name);
    }
}
