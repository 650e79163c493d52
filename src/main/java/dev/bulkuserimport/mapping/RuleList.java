package dev.bulkuserimport.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads what may be one rule or a list of rules. */
final class RuleList {

    /** The most rules of one kind; each is evaluated for each row. */
    private static final int MOST_RULES = 100;

    private RuleList() {}

    /** @param rule reads one rule at a path; empty if it has errors */
    static <T> List<T> read(String path, Tree tree, MappingErrors errors, BiFunction<String, Tree, Optional<T>> rule) {
        List<T> rules = new ArrayList<>();
        if (!(tree instanceof Tree.Items list)) {
            rule.apply(path, tree).ifPresent(rules::add);
            return rules;
        }
        if (list.items().isEmpty()) {
            errors.add(path, "is empty: add a rule, or omit it");
        }
        if (list.items().size() > MOST_RULES) {
            errors.add(path, "has " + list.items().size() + " rules; the maximum is " + MOST_RULES);
            return rules;
        }
        for (int i = 0; i < list.items().size(); i++) {
            rule.apply(MappingErrors.path(path, i), list.items().get(i)).ifPresent(rules::add);
        }
        return rules;
    }
}
