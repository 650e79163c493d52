package dev.bulkuserimport.mapping;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the rules that skip or deactivate rows. */
final class RowRulesReader {

    /** {@code today}, {@code today+14d}, {@code today-1d}. */
    private static final Pattern DAY = Pattern.compile("today(?:([+-])(\\d{1,5})d)?");

    private static final List<String> QUESTIONS = List.of("is", "isNot", "empty", "date");

    private static final String MEMBERS =
            "when (a column) and one of is, isNot, empty, and date (with before or after, and zone)";

    private final MappingColumns columns;
    private final MappingErrors errors;
    /** Where each rule is; equal ones are different rules. */
    private final Map<RowTest, String> paths = new IdentityHashMap<>();

    RowRulesReader(MappingColumns columns, MappingErrors errors) {
        this.columns = columns;
        this.errors = errors;
    }

    /** One rule, or a list of rules. */
    RowRules read(String path, Tree tree) {
        return new RowRules(RuleList.read(path, tree, errors, this::test));
    }

    /** Refuses a value that occurs in both. */
    void refuseOverlap(RowRules deactivate, RowRules skip) {
        Set<Map.Entry<Integer, String>> leavers = new HashSet<>();
        deactivate.tests().forEach(test -> test.accepted()
                .ifPresent(values -> values.forEach(value -> leavers.add(Map.entry(test.column(), value)))));
        skip.tests().stream()
                .filter(test -> test.accepted().orElse(Set.of()).stream()
                        .anyMatch(value -> leavers.contains(Map.entry(test.column(), value))))
                .forEach(test -> errors.add(
                        MappingErrors.path(Optional.ofNullable(paths.get(test)).orElseThrow(), "is"),
                        "contains a value that is also in deactivate.is"));
    }

    private Optional<RowTest> test(String path, Tree tree) {
        if (!(tree instanceof Tree.Members members)) {
            errors.add(path, "must be an object with " + MEMBERS);
            return Optional.empty();
        }
        Map<String, Tree> rest = new LinkedHashMap<>(members.members());
        Optional<Integer> column = Optional.empty();
        if (rest.containsKey("when")) {
            column = columns.column(MappingErrors.path(path, "when"), rest.remove("when"));
        } else {
            errors.add(MappingErrors.path(path, "when"), "is missing: name a column");
        }
        List<String> asked = QUESTIONS.stream().filter(rest::containsKey).toList();
        if (asked.size() > 1) {
            errors.add(path, "has " + String.join(" and ", asked) + "; a rule has only one condition");
        } else if (asked.isEmpty()) {
            errors.add(
                    MappingErrors.path(path, "is"),
                    "is missing: list the column's values, or use isNot, empty or date");
        }
        Optional<RowTest> test =
                asked.size() == 1 ? test(path, column.orElse(0), asked.get(0), rest) : Optional.empty();
        asked.forEach(rest::remove);
        rest.keySet().forEach(name -> errors.add(MappingErrors.path(path, name), unknown(name)));
        test.ifPresent(read -> paths.put(read, path));
        return column.isPresent() ? test : Optional.empty();
    }

    private static String unknown(String name) {
        return switch (name) {
            case "before", "after", "zone" -> "requires date: the pattern of the column's dates";
            default -> "is not supported here: use " + MEMBERS;
        };
    }

    private Optional<RowTest> test(String path, int column, String question, Map<String, Tree> rest) {
        String below = MappingErrors.path(path, question);
        Tree value = Optional.ofNullable(rest.get(question)).orElseThrow();
        return switch (question) {
            case "is", "isNot" ->
                values(below, value).map(values -> new RowTest.OneOf(column, values, question.equals("is")));
            case "empty" -> flag(below, value).map(wanted -> new RowTest.Empty(column, wanted));
            default -> dated(path, column, value, rest);
        };
    }

    private Optional<Set<String>> values(String path, Tree tree) {
        List<Tree> items = tree instanceof Tree.Items list ? list.items() : List.of(tree);
        if (items.isEmpty()) {
            errors.add(path, "is empty: list the column's values");
            return Optional.empty();
        }
        Set<String> values = new HashSet<>();
        Set<String> written = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String below = tree instanceof Tree.Items ? MappingErrors.path(path, i) : path;
            if (items.get(i) instanceof Tree.Scalar scalar && scalar.kind() != Tree.Kind.NOTHING) {
                values.add(SoughtWord.of(scalar.text()));
                // Words that only look equal may all be listed, by someone who wants to be sure.
                if (!written.add(scalar.text().strip().toLowerCase(Locale.ROOT))) {
                    errors.add(below, "is listed twice (case is ignored)");
                }
            } else {
                errors.add(below, "must be text");
            }
        }
        return Optional.of(values);
    }

    private Optional<Boolean> flag(String path, Tree tree) {
        if (tree instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.FLAG) {
            return Optional.of(scalar.text().equals("true"));
        }
        errors.add(path, "must be true or false");
        return Optional.empty();
    }

    private Optional<RowTest> dated(String path, int column, Tree pattern, Map<String, Tree> rest) {
        Optional<Step.IsoDate> date = text(MappingErrors.path(path, "date"), pattern)
                .flatMap(text -> pattern(MappingErrors.path(path, "date"), text));
        Optional<Tree> before = Optional.ofNullable(rest.remove("before"));
        Optional<Tree> after = Optional.ofNullable(rest.remove("after"));
        if (before.isEmpty() && after.isEmpty()) {
            errors.add(
                    MappingErrors.path(path, "before"),
                    "is missing: a date is compared with before or after (today, today+14d, today-1d)");
        }
        OptionalInt earlier = before.map(tree -> day(MappingErrors.path(path, "before"), tree))
                .orElse(OptionalInt.empty());
        OptionalInt later =
                after.map(tree -> day(MappingErrors.path(path, "after"), tree)).orElse(OptionalInt.empty());
        ZoneId zone = Optional.ofNullable(rest.remove("zone"))
                .map(tree -> zone(MappingErrors.path(path, "zone"), tree))
                .orElse(ZoneOffset.UTC);
        return date.map(form -> new RowTest.Dated(column, form, earlier, later, zone));
    }

    private Optional<Step.IsoDate> pattern(String path, String pattern) {
        try {
            return Optional.of(DatePattern.step(pattern));
        } catch (IllegalArgumentException e) {
            errors.add(path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private OptionalInt day(String path, Tree tree) {
        Matcher day = DAY.matcher(tree instanceof Tree.Scalar scalar ? scalar.text() : "");
        if (!day.matches()) {
            errors.add(path, "must be today, or today plus or minus days: today+14d, today-1d");
            return OptionalInt.empty();
        }
        int days = day.group(2) == null ? 0 : Integer.parseInt(day.group(2));
        return OptionalInt.of("-".equals(day.group(1)) ? -days : days);
    }

    private ZoneId zone(String path, Tree tree) {
        try {
            return ZoneId.of(text(path, tree).orElse("UTC"));
        } catch (DateTimeException e) {
            errors.add(path, "is not a supported time zone; examples are Europe/Berlin, America/New_York, UTC");
            return ZoneOffset.UTC;
        }
    }

    private Optional<String> text(String path, Tree tree) {
        if (tree instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.TEXT) {
            return Optional.of(scalar.text());
        }
        errors.add(path, "must be text");
        return Optional.empty();
    }
}
