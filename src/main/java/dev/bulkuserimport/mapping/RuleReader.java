package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the rule for one value, and reports its errors. */
final class RuleReader {

    /** The most characters that a value can be padded to. */
    private static final int LONGEST_PAD = 100;

    private static final int LONGEST_VALUE = 10_000;

    private final MappingColumns columns;
    private final MappingErrors errors;

    RuleReader(MappingColumns columns, MappingErrors errors) {
        this.columns = columns;
        this.errors = errors;
    }

    /** The rule; empty if it has errors. */
    Optional<ValueRule> read(String path, Tree tree) {
        int before = errors.count();
        if (!(tree instanceof Tree.Members members)) {
            int[] column = tree instanceof Tree.Scalar ? columns.columns(path, tree) : wrong(path);
            return rule(path, new Origin.First(column), List.of(), before);
        }
        Map<String, Tree> rest = new LinkedHashMap<>(members.members());
        Origin origin = origin(path, rest);
        List<Step> steps = steps(path, rest);
        rest.keySet()
                .forEach(
                        unknown -> errors.add(
                                MappingErrors.path(path, unknown),
                                "is not supported here: use from, join, with, value, trim, lower, upper, values, otherwise, date, pad and prefix"));
        return rule(path, origin, steps, before);
    }

    private int[] wrong(String path) {
        errors.add(
                path, "must be a column name, or an object with from, join or value (from accepts a list of columns)");
        return new int[0];
    }

    private Optional<ValueRule> rule(String path, Origin origin, List<Step> steps, int errorsBefore) {
        if (errors.count() > errorsBefore) {
            return Optional.empty();
        }
        ValueRule rule = new ValueRule(origin, steps);
        if (origin instanceof Origin.Constant) {
            try {
                // A constant can be evaluated without a record, and never changes afterwards.
                String value = rule.apply(new Cells(0));
                return Optional.of(new ValueRule(new Origin.Constant(value), List.of()));
            } catch (UnusableValue e) {
                errors.add(path + ".value", "can't be sent: " + e.message());
                return Optional.empty();
            }
        }
        return Optional.of(rule);
    }

    private Origin origin(String path, Map<String, Tree> rest) {
        List<String> origins = List.of("from", "join", "value").stream()
                .filter(rest::containsKey)
                .toList();
        if (origins.size() != 1) {
            errors.add(
                    path,
                    origins.isEmpty()
                            ? "requires one of from, join and value"
                            : "has " + String.join(" and ", origins) + "; a value must have only one of them");
        }
        Optional<Tree> from = Optional.ofNullable(rest.remove("from"));
        Optional<Tree> join = Optional.ofNullable(rest.remove("join"));
        Optional<Tree> with = Optional.ofNullable(rest.remove("with"));
        Optional<Tree> value = Optional.ofNullable(rest.remove("value"));
        int[] first = from.map(tree -> columns.columns(path + ".from", tree)).orElseGet(() -> new int[0]);
        int[] joined = join.map(tree -> joined(path + ".join", tree)).orElseGet(() -> new int[0]);
        if (with.isPresent() && join.isEmpty()) {
            errors.add(path + ".with", "is the separator for join, but there is no join");
        }
        String between = with.map(tree -> text(path + ".with", tree)).orElse("");
        if (value.isPresent()) {
            String constant = scalar(path + ".value", value.get());
            boolean isText = value.get() instanceof Tree.Scalar scalar && scalar.kind() != Tree.Kind.NOTHING;
            if (isText && Edges.trimmed(constant).isEmpty()) {
                errors.add(path + ".value", "is empty: omit the property");
            }
            return new Origin.Constant(Edges.trimmed(constant));
        }
        return join.isPresent() ? new Origin.Joined(joined, between, false) : new Origin.First(first);
    }

    private int[] joined(String path, Tree tree) {
        if (!(tree instanceof Tree.Items)) {
            errors.add(path, "must be a list of columns");
            return new int[0];
        }
        return columns.columns(path, tree);
    }

    private List<Step> steps(String path, Map<String, Tree> rest) {
        List<Step> steps = new ArrayList<>();
        Optional<Tree> trim = Optional.ofNullable(rest.remove("trim"));
        if (trim.isPresent() && !flag(path + ".trim", trim.get())) {
            errors.add(path + ".trim", "is always applied: it can only be true");
        }
        boolean lower = Optional.ofNullable(rest.remove("lower"))
                .map(tree -> flag(path + ".lower", tree))
                .orElse(false);
        boolean upper = Optional.ofNullable(rest.remove("upper"))
                .map(tree -> flag(path + ".upper", tree))
                .orElse(false);
        if (lower && upper) {
            errors.add(path + ".upper", "conflicts with lower");
        } else if (lower || upper) {
            steps.add(new Step.Case(upper));
        }
        Optional<Tree> values = Optional.ofNullable(rest.remove("values"));
        Optional<Tree> otherwise = Optional.ofNullable(rest.remove("otherwise"));
        Step.Otherwise kept =
                otherwise.map(tree -> otherwise(path + ".otherwise", tree)).orElse(Step.Otherwise.KEEP);
        if (otherwise.isPresent() && values.isEmpty()) {
            errors.add(path + ".otherwise", "applies to values not listed in values, but there are no values");
        }
        Optional<Tree> date = Optional.ofNullable(rest.remove("date"));
        Optional<Tree> pad = Optional.ofNullable(rest.remove("pad"));
        List<Step> last = new ArrayList<>();
        date.flatMap(tree -> date(path + ".date", tree)).ifPresent(last::add);
        pad.flatMap(tree -> pad(path + ".pad", tree)).ifPresent(last::add);
        Optional.ofNullable(rest.remove("prefix"))
                .map(tree -> text(path + ".prefix", tree))
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> last.add(new Step.Prefix(text)));
        if (date.isPresent() && pad.isPresent()) {
            errors.add(path + ".pad", "conflicts with date: a date always has ten characters");
        }
        values.flatMap(tree -> values(path + ".values", tree, kept, steps, last))
                .ifPresent(steps::add);
        steps.addAll(last);
        return steps;
    }

    private Step.Otherwise otherwise(String path, Tree tree) {
        for (Step.Otherwise known : Step.Otherwise.values()) {
            if (tree instanceof Tree.Scalar scalar
                    && scalar.kind() == Tree.Kind.TEXT
                    && scalar.text().equals(known.label())) {
                return known;
            }
        }
        errors.add(path, "must be keep, empty or reject");
        return Step.Otherwise.KEEP;
    }

    /** A value table; each of its entries is checked against the steps before and after it. */
    private Optional<Step> values(
            String path, Tree tree, Step.Otherwise otherwise, List<Step> before, List<Step> after) {
        if (!(tree instanceof Tree.Members members)) {
            errors.add(path, "must be an object that maps each value of the column to the value to send");
            return Optional.empty();
        }
        if (members.members().isEmpty()) {
            errors.add(path, "is empty");
        }
        Map<String, String> table = new HashMap<>();
        members.members().forEach((from, to) -> {
            String below = MappingErrors.path(path, from);
            if (!reaches(from, before)) {
                errors.add(
                        below,
                        "can never match: the value has been trimmed and converted to lower or upper case before the lookup");
            }
            String value = scalar(below, to);
            for (Step step : after) {
                try {
                    step.apply(value);
                } catch (UnusableValue e) {
                    errors.add(below, "can't be sent: " + e.message());
                }
            }
            table.put(from, value);
        });
        return Optional.of(new Step.Values(Map.copyOf(table), otherwise));
    }

    private static boolean reaches(String key, List<Step> before) {
        try {
            String value = Edges.trimmed(key);
            for (Step step : before) {
                value = step.apply(value);
            }
            return value.equals(key);
        } catch (UnusableValue e) {
            return false;
        }
    }

    private Optional<Step> date(String path, Tree tree) {
        int before = errors.count();
        String pattern = text(path, tree);
        if (errors.count() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(DatePattern.step(pattern));
        } catch (IllegalArgumentException e) {
            errors.add(path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Step> pad(String path, Tree tree) {
        if (tree instanceof Tree.Scalar scalar
                && scalar.kind() == Tree.Kind.NUMBER
                && scalar.text().matches("[1-9]\\d{0,2}")
                && Integer.parseInt(scalar.text()) <= LONGEST_PAD) {
            return Optional.of(new Step.Pad(Integer.parseInt(scalar.text())));
        }
        errors.add(path, "must be a whole number of characters, 1 to " + LONGEST_PAD);
        return Optional.empty();
    }

    private boolean flag(String path, Tree tree) {
        if (tree instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.FLAG) {
            return scalar.text().equals("true");
        }
        errors.add(path, "must be true or false");
        return true;
    }

    private String text(String path, Tree tree) {
        if (tree instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.TEXT) {
            return bounded(path, scalar.text());
        }
        errors.add(path, "must be text");
        return "";
    }

    /** A value as it is sent: numbers and booleans as written, as in a payload. */
    private String scalar(String path, Tree tree) {
        if (tree instanceof Tree.Scalar scalar && scalar.kind() != Tree.Kind.NOTHING) {
            return bounded(path, scalar.text());
        }
        errors.add(path, "must be text");
        return "";
    }

    private String bounded(String path, String text) {
        if (text.length() > LONGEST_VALUE) {
            errors.add(path, "has " + text.length() + " characters; the maximum is " + LONGEST_VALUE);
        }
        return text;
    }
}
