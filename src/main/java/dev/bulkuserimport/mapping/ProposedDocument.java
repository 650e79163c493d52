package dev.bulkuserimport.mapping;

import dev.bulkuserimport.mapping.Proposal.Choice;
import dev.bulkuserimport.rules.KnownNames;
import dev.bulkuserimport.rules.StandardProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a proposed mapping: for each property its column and transformations, and the rule that recognizes leavers. */
final class ProposedDocument {

    /** Addresses ignore case, and so does the comparison of logins. */
    private static final Set<String> ADDRESSES = Set.of(
            StandardProperty.USER_NAME.propertyName(),
            StandardProperty.EMAIL.propertyName(),
            StandardProperty.SECOND_EMAIL.propertyName());

    private final List<Choice> choices;
    private final List<ColumnContent> free;

    ProposedDocument(List<ColumnContent> columns, List<Choice> choices) {
        this.choices = choices;
        // A column that is a property of the application describes the person, not what the import should do.
        this.free = columns.stream()
                .filter(column -> choices.stream()
                        .noneMatch(choice -> choice.why() == Proposal.Why.EXACT
                                && choice.column().filter(column::equals).isPresent()))
                .toList();
    }

    Map<String, Object> of(Map<String, Object> file) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        Map<String, Object> profile = new LinkedHashMap<>();
        for (Choice choice : choices) {
            choice.column().ifPresent(column -> {
                if (choice.target().name().equals(Proposal.EXTERNAL_ID)) {
                    mapping.put(Proposal.EXTERNAL_ID, column.name());
                } else {
                    profile.put(choice.target().name(), rule(choice.target().name(), column));
                }
            });
        }
        if (!profile.isEmpty()) {
            mapping.put("profile", profile);
        }
        leavers().ifPresent(rule -> mapping.put("deactivate", rule));
        if (!file.isEmpty()) {
            mapping.put("file", file);
        }
        return mapping;
    }

    private static Object rule(String property, ColumnContent column) {
        if (ADDRESSES.contains(property) && column.holdsCapitals() && column.holdsSomeEmails()) {
            return ordered("from", column.name(), "lower", true);
        }
        Optional<String> pattern = column.datePattern().filter(form -> !form.equals("yyyy-MM-dd"));
        boolean date = KnownNames.meanings(property).stream()
                .anyMatch(meaning -> meaning.properties().contains("startDate")
                        || meaning.properties().contains("endDate"));
        return pattern.isPresent() && date ? ordered("from", column.name(), "date", pattern.get()) : column.name();
    }

    /** Recognizes leavers by a status column, or else by the last day. */
    private Optional<Map<String, Object>> leavers() {
        for (ColumnContent column : free) {
            String word = wordOfLeavers(column);
            List<String> values = column.hasFewValues() && !word.isEmpty()
                    ? column.values().stream()
                            .filter(value -> KnownNames.means(value, word))
                            .sorted()
                            .toList()
                    : List.of();
            if (!values.isEmpty() && values.size() < column.values().size()) {
                return Optional.of(ordered("when", column.name(), "is", values));
            }
        }
        for (ColumnContent column : free) {
            Optional<String> pattern = column.datePattern();
            // The end of a contract is no last day: most fixed terms are renewed.
            boolean leaving = column.meanings().stream().anyMatch(meaning -> meaning.rank("endDate") == 0);
            if (leaving && pattern.isPresent()) {
                Map<String, Object> rule = ordered("when", column.name(), "date", pattern.get());
                rule.put("before", "today");
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** A column that tells people apart by a status, while no column tells who has left. */
    Optional<ColumnContent> undecided() {
        return leavers().isPresent()
                ? Optional.empty()
                : free.stream()
                        .filter(column -> !wordOfLeavers(column).isEmpty()
                                && column.hasFewValues()
                                && column.values().size() > 1)
                        .findFirst();
    }

    /** The kind of words by which a status column tells who has left; empty if the column is none. */
    private static String wordOfLeavers(ColumnContent column) {
        String word = "";
        for (KnownNames.Meaning meaning : column.meanings()) {
            word = meaning.properties().contains("(status)") ? "(leaver)" : word;
            word = meaning.properties().contains("(active)") ? "(no)" : word;
        }
        return word;
    }

    private static Map<String, Object> ordered(String first, Object value, String second, Object other) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(first, value);
        members.put(second, other);
        return members;
    }
}
