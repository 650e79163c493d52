package dev.bulkuserimport.mapping;

import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.rules.KnownNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping proposed for a file, based on the names and contents of its columns. Uncertain properties are left open: a person notices a
 * gap, but not two columns that were confused.
 *
 * @param choices the columns for the external ID and then for each property of the application, in the application's order
 * @param document the mapping's JSON, as a tree of maps and lists; empty if no external ID was found
 * @param remarks why the external ID is taken from its column, or why no column is proposed for it; which column may say who has left
 */
public record Proposal(List<Choice> choices, Map<String, Object> document, List<String> remarks) {

    static final String EXTERNAL_ID = "externalId";

    /** What people have, and departments or fields don't. */
    private static final List<String> PERSONAL = List.of("firstName", "lastName", "email", "userName");

    public Proposal {
        choices = List.copyOf(choices);
        remarks = List.copyOf(remarks);
    }

    /** Why a column was chosen. */
    public enum Why {
        /** It has the property's own name. */
        EXACT,
        /** It has the property's label, or its name in another spelling. */
        LABEL,
        /** It has a system's name for the property. */
        VENDOR,
        /** It has a word for the property in some language. */
        SYNONYM,
        /** Its contents fit the property. */
        CONTENT,
        /** No column was chosen. */
        NONE
    }

    /**
     * A property to be mapped.
     *
     * @param name the property's name
     * @param title its display name in the application
     * @param required whether the application requires it
     */
    public record Target(String name, String title, boolean required) {}

    /** The column for a property. */
    public record Choice(Target target, Optional<ColumnContent> column, Why why) {}

    /**
     * Proposes a mapping.
     *
     * @param targets the application's properties, without the external ID
     * @param file the file options for the mapping
     */
    public static Proposal of(List<ColumnContent> columns, List<Target> targets, Map<String, Object> file) {
        return new ColumnChooser(
                        columns.stream().filter(column -> !column.isComposite()).toList())
                .propose(targets, file);
    }

    /**
     * Columns of few values that people share, each of which could make them members of a group. They are not part of the mapping: what an
     * export calls a department may mean nothing in Okta.
     */
    public static List<String> groupColumns(List<ColumnContent> columns) {
        return columns.stream()
                .filter(column -> column.isShared()
                        && column.meanings().stream()
                                .noneMatch(meaning -> meaning.properties().contains("(status)")
                                        || meaning.properties().contains("(active)")
                                        || meaning.properties().contains("firstName")
                                        || meaning.properties().contains("lastName")))
                .map(ColumnContent::name)
                .toList();
    }

    /** Whether a column has a first or last name, an address or a login. */
    public static boolean describesPeople(Collection<ColumnContent> columns) {
        return columns.stream()
                .filter(column -> !KnownNames.folded(column.lastName()).equals("name"))
                .flatMap(column -> column.meanings().stream())
                .anyMatch(
                        meaning -> !meaning.uncertain() && PERSONAL.stream().anyMatch(meaning.properties()::contains));
    }

    /** Whether the chosen columns are those of people: an ID that only people have, a first or last name, an address or a login. */
    public boolean isOfPeople() {
        return choices.stream()
                .anyMatch(choice -> choice.target().name().equals(EXTERNAL_ID)
                        ? choice.column()
                                .filter(column -> isOwnId(column, choice.why()))
                                .isPresent()
                        : choice.column().isPresent()
                                && PERSONAL.contains(choice.target().name()));
    }

    /** Users may be updated by a sheet that has nothing else of them than the application's own external ID. */
    private static boolean isOwnId(ColumnContent column, Why why) {
        return why == Why.EXACT
                || why == Why.LABEL
                || column.meanings().stream()
                        .anyMatch(meaning ->
                                !meaning.uncertain() && meaning.properties().contains(EXTERNAL_ID));
    }

    /** Whether a column numbers the rows, and is called like it. */
    public static boolean isRowCount(ColumnContent column) {
        return ColumnChooser.isRowCount(column);
    }

    /** The mapping's JSON; empty if there is none. */
    public Optional<byte[]> json() {
        return document.isEmpty() ? Optional.empty() : Optional.of(JsonOutput.bytes(document));
    }

    /** Why a column with this name may be used for a property; {@link Why#NONE} if there is no reason. */
    public static Why why(String column, Target target) {
        return ColumnChooser.candidate(new ColumnContent(column), ColumnChooser.Sought.of(target))
                .map(ColumnChooser.Candidate::why)
                .orElse(Why.NONE);
    }
}
