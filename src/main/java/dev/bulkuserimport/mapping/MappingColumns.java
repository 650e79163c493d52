package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the columns that a mapping names; rules call them by number. */
final class MappingColumns {

    /** Characters of a column's name. */
    private static final int LONGEST_NAME = 1_000;

    private final MappingErrors errors;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    MappingColumns(MappingErrors errors) {
        this.errors = errors;
    }

    List<String> names() {
        return new ArrayList<>(numbers.keySet());
    }

    /** The number of the column that a text names. */
    Optional<Integer> column(String path, Tree tree) {
        if (!(tree instanceof Tree.Scalar scalar) || scalar.kind() != Tree.Kind.TEXT) {
            errors.add(path, "must be text: a column's name");
            return Optional.empty();
        }
        String name = Edges.oneSpaced(scalar.text());
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            errors.add(path, name.isEmpty() ? "is blank: give a column's name" : "is too long for a column's name");
            return Optional.empty();
        }
        return Optional.of(numbers.computeIfAbsent(name, any -> numbers.size()));
    }

    /** The numbers of one column, or of several in a list. */
    int[] columns(String path, Tree tree) {
        if (!(tree instanceof Tree.Items list)) {
            return column(path, tree).map(one -> new int[] {one}).orElseGet(() -> new int[0]);
        }
        if (list.items().isEmpty()) {
            errors.add(path, "is empty: name a column");
        }
        Set<Integer> columns = new LinkedHashSet<>();
        for (int i = 0; i < list.items().size(); i++) {
            String below = MappingErrors.path(path, i);
            column(below, list.items().get(i)).ifPresent(column -> {
                if (!columns.add(column)) {
                    errors.add(below, "is listed twice");
                }
            });
        }
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }
}
