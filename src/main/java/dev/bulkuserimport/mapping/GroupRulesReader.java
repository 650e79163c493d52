package dev.bulkuserimport.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the rules about groups. */
final class GroupRulesReader {

    /** Characters between the groups of one cell. */
    private static final int LONGEST_SPLIT = 10;

    private static final String EXTERNAL_ID = "externalId";
    private static final String DISPLAY_NAME = "displayName";
    private static final String DESCRIPTION = "description";
    private static final String SPLIT = "split";
    private static final String DELETE = "delete";

    private final RuleReader values;
    private final MappingErrors errors;

    GroupRulesReader(RuleReader values, MappingErrors errors) {
        this.values = values;
        this.errors = errors;
    }

    /** One rule, or a list of rules. */
    List<GroupRule> rules(String path, Tree tree) {
        return RuleList.read(path, tree, errors, this::rule);
    }

    /** Whether groups that no one is in any more are deleted. */
    boolean deletesGone(String path, Tree tree) {
        boolean isText = tree instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.TEXT;
        boolean deletes = isText && ((Tree.Scalar) tree).text().equals(DELETE);
        if (!deletes && !(isText && ((Tree.Scalar) tree).text().equals("keep"))) {
            errors.add(path, "must be delete or keep");
        }
        return deletes;
    }

    private Optional<GroupRule> rule(String path, Tree tree) {
        if (!(tree instanceof Tree.Members members)) {
            errors.add(path, "must be an object with externalId, displayName, and description or split");
            return Optional.empty();
        }
        Map<String, Tree> rest = new LinkedHashMap<>(members.members());
        List<String> splits = new ArrayList<>();
        split(path, rest).ifPresent(splits::add);
        Optional<ValueRule> externalId = value(path, EXTERNAL_ID, rest, splits);
        Optional<ValueRule> displayName = value(path, DISPLAY_NAME, rest, splits);
        Optional<ValueRule> description =
                rest.containsKey(DESCRIPTION) ? value(path, DESCRIPTION, rest, splits) : Optional.empty();
        if (splits.stream().distinct().count() > 1) {
            errors.add(MappingErrors.path(path, SPLIT), "is given twice, differently");
        }
        rest.keySet()
                .forEach(unknown -> errors.add(
                        MappingErrors.path(path, unknown),
                        "is not supported here: use externalId, displayName, description and split"));
        return externalId.isPresent() && displayName.isPresent()
                ? Optional.of(new GroupRule(
                        externalId.get().ofId(),
                        displayName.get(),
                        description,
                        splits.stream().findFirst()))
                : Optional.empty();
    }

    /** A value's rule, which may say itself how its column is split. */
    private Optional<ValueRule> value(String path, String name, Map<String, Tree> rule, List<String> splits) {
        String below = MappingErrors.path(path, name);
        Optional<Tree> value = Optional.ofNullable(rule.remove(name));
        if (value.isEmpty()) {
            errors.add(below, "is missing: a group has an externalId and a displayName");
            return Optional.empty();
        }
        if (!(value.get() instanceof Tree.Members members)) {
            return values.read(below, value.get());
        }
        Map<String, Tree> rest = new LinkedHashMap<>(members.members());
        split(below, rest).ifPresent(splits::add);
        return values.read(below, new Tree.Members(rest));
    }

    private Optional<String> split(String path, Map<String, Tree> rule) {
        Optional<Tree> split = Optional.ofNullable(rule.remove(SPLIT));
        if (split.isEmpty()) {
            return Optional.empty();
        }
        if (split.get() instanceof Tree.Scalar scalar
                && scalar.kind() == Tree.Kind.TEXT
                && !scalar.text().isEmpty()
                && scalar.text().length() <= LONGEST_SPLIT) {
            return Optional.of(scalar.text());
        }
        errors.add(
                MappingErrors.path(path, SPLIT),
                "must be text of 1 to " + LONGEST_SPLIT + " characters, for example \";\"");
        return Optional.empty();
    }
}
