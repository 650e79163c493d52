package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the columns that a mapping names; rules refer to them by index. */
final class MappingColumns {

    /** The most characters of a column name. */
    private static final int LONGEST_NAME = 1_000;

    private final MappingErrors errors;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    MappingColumns(MappingErrors errors) {
        this.errors = errors;
    }

    List<String> names() {
        return new ArrayList<>(numbers.keySet());
    }

    /** The index of the column named by a text. */
    Optional<Integer> column(String path, Tree tree) {
        if (!(tree instanceof Tree.Scalar scalar) || scalar.kind() != Tree.Kind.TEXT) {
            errors.add(path, "must be text: a column name");
            return Optional.empty();
        }
        String name = Edges.oneSpaced(scalar.text());
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            errors.add(path, name.isEmpty() ? "is blank: enter a column name" : "is too long for a column name");
            return Optional.empty();
        }
        return Optional.of(numbers.computeIfAbsent(name, any -> numbers.size()));
    }

    /** The index of one column, or the indexes of a list. */
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
