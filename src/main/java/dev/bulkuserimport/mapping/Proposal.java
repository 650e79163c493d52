package dev.bulkuserimport.mapping;

import dev.bulkuserimport.base.JsonOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping that is proposed for a file, by the names of its columns and by what they hold. What is uncertain is left open: a person sees a
 * gap, but not that two columns were confused.
 *
 * @param choices for the external ID and then for each property of the application the column, in the application's order
 * @param document the mapping's JSON, as a tree of maps and lists; empty where no external ID was found
 */
public record Proposal(List<Choice> choices, Map<String, Object> document) {

    static final String EXTERNAL_ID = "externalId";

    public Proposal {
        choices = List.copyOf(choices);
    }

    /** Why a column was chosen. */
    public enum Why {
        /** It has the property's own name. */
        EXACT,
        /** It has the property's label, or its name in another spelling. */
        LABEL,
        /** A system calls the property so. */
        VENDOR,
        /** A language calls it so. */
        SYNONYM,
        /** Its cells look like it. */
        CONTENT,
        /** No column was chosen. */
        NONE
    }

    /**
     * A property to be mapped.
     *
     * @param name its name
     * @param title what the application calls it
     * @param required whether the application requires it
     */
    public record Target(String name, String title, boolean required) {}

    /** Which column a property is taken from. */
    public record Choice(Target target, Optional<ColumnContent> column, Why why) {}

    /**
     * Proposes a mapping.
     *
     * @param targets the application's properties, without the external ID
     * @param file what is to be said of the file in the mapping
     */
    public static Proposal of(List<ColumnContent> columns, List<Target> targets, Map<String, Object> file) {
        return new ColumnChooser(
                        columns.stream().filter(column -> !column.isComposite()).toList())
                .propose(targets, file);
    }

    /** The mapping's JSON; empty where there is none. */
    public Optional<byte[]> json() {
        return document.isEmpty() ? Optional.empty() : Optional.of(JsonOutput.bytes(document));
    }

    /** Why a column of this name may be taken for a property; {@link Why#NONE} where nothing speaks for it. */
    public static Why why(String column, Target target) {
        return ColumnChooser.candidate(new ColumnContent(column), target)
                .map(ColumnChooser.Candidate::why)
                .orElse(Why.NONE);
    }
}
