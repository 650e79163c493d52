package dev.bulkuserimport.mapping;

import dev.bulkuserimport.plan.GroupOfRow;
import dev.bulkuserimport.rules.Edges;
import dev.bulkuserimport.rules.Placeholder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a row's person becomes a member of a group, or of several where a cell holds several.
 *
 * @param externalId how the group's external ID is made
 * @param displayName how its name is made
 * @param description how its description is made; empty where it has none
 * @param split what separates the groups in one cell; empty where a cell is one group
 */
record GroupRule(ValueRule externalId, ValueRule displayName, Optional<ValueRule> description, Optional<String> split) {

    /** The groups of one row; an empty part and a placeholder for a missing value are none. */
    List<GroupOfRow> groups(Cells cells) throws UnusableValue {
        if (externalId.origin() instanceof Origin.Joined joined && joined.isMissing(cells)) {
            return List.of();
        }
        List<String> texts = texts(externalId, externalId.origin().in(cells));
        List<String> ids = values(externalId, texts, cells);
        if (ids.stream().allMatch(String::isEmpty)) {
            return List.of();
        }
        List<String> names = parts(displayName, cells);
        List<String> descriptions = description.isPresent() ? parts(description.get(), cells) : List.of();
        // A name that comes out empty is none; an ID that does keeps its place, so that its name belongs to it.
        if (filled(names) > ids.size() || filled(descriptions) > ids.size()) {
            throw new UnusableValue("there are more names or descriptions than groups");
        }
        List<GroupOfRow> groups = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (!ids.get(i).isEmpty()) {
                String name = part(displayName, names, i);
                String said = description.isPresent() ? part(description.get(), descriptions, i) : "";
                groups.add(new GroupOfRow(ids.get(i), name, said, hidesDate(texts.get(i), cells)));
            }
        }
        return groups;
    }

    private boolean hidesDate(String text, Cells cells) throws UnusableValue {
        return externalId.origin() instanceof Origin.Joined joined && joined.hasDate(cells)
                || externalId.hidesDate(text, externalId.origin().writing(cells));
    }

    /** Whether a group's external ID is made from a column, and not as a date. */
    boolean identifiesBy(int column) {
        return externalId.steps().stream().noneMatch(Step.IsoDate.class::isInstance)
                && IntStream.of(externalId.origin().columns()).anyMatch(read -> read == column);
    }

    /** The columns that it reads. */
    int[] columns() {
        return Stream.concat(Stream.of(externalId, displayName), description.stream())
                .flatMapToInt(rule -> IntStream.of(rule.origin().columns()))
                .distinct()
                .toArray();
    }

    /** The values of a cell's parts, empty where one is missing or comes out empty. */
    private List<String> parts(ValueRule rule, Cells cells) throws UnusableValue {
        return values(rule, texts(rule, rule.origin().in(cells)), cells);
    }

    private static List<String> values(ValueRule rule, List<String> texts, Cells cells) throws UnusableValue {
        Step.Writing writing = rule.origin().writing(cells);
        List<String> values = new ArrayList<>();
        for (String text : texts) {
            values.add(value(rule, text, writing));
        }
        return values;
    }

    /** A cell's parts. The last one isn't blank, so that a separator at the end makes no group. */
    private List<String> texts(ValueRule rule, String cell) {
        List<String> texts = new ArrayList<>();
        int from = 0;
        if (split.isPresent() && !isConstant(rule)) {
            String separator = split.get();
            for (int end = cell.indexOf(separator); end >= 0; end = cell.indexOf(separator, from)) {
                texts.add(cell.substring(from, end));
                from = end + separator.length();
            }
        }
        texts.add(cell.substring(from));
        return texts.subList(0, filled(texts));
    }

    /** How many texts there are up to the last one that isn't blank. */
    private static int filled(List<String> texts) {
        int count = texts.size();
        while (count > 0 && Edges.trimmed(texts.get(count - 1)).isEmpty()) {
            count--;
        }
        return count;
    }

    /** A value, empty for a placeholder, which must be found before something is put in front of it. */
    private static String value(ValueRule rule, String text, Step.Writing writing) throws UnusableValue {
        String value = Edges.trimmed(text);
        for (Step step : rule.steps()) {
            if (value.isEmpty() || Placeholder.isOne(value)) {
                return "";
            }
            value = step instanceof Step.IsoDate date ? date.apply(value, writing) : step.apply(value);
        }
        String made = Edges.trimmed(value);
        return made.isEmpty() || Placeholder.isOne(made) ? "" : made;
    }

    /** The part at the place of a group's ID; a constant belongs to all of them. */
    private static String part(ValueRule rule, List<String> parts, int place) {
        int at = isConstant(rule) ? 0 : place;
        return at < parts.size() ? parts.get(at) : "";
    }

    private static boolean isConstant(ValueRule rule) {
        return rule.origin() instanceof Origin.Constant;
    }
}
