package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.ColumnContent;
import dev.bulkuserimport.mapping.Proposal;
import dev.bulkuserimport.rules.KnownNames;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The objects of an array, and the columns that their members are. */
final class ObjectList {

    /** The most different members that are examined. */
    private static final int MOST_COLUMNS = 1_000;

    /** A payload has its users where an import reads them; an answer may have lists of other things: of its fields, of departments. */
    private static final Comparator<ObjectList> LIKELIEST_LAST = Comparator.comparing(ObjectList::hasObjects)
            .thenComparing(list -> list.path.equals(PayloadReader.USERS))
            .thenComparing(list -> list.describesPeople)
            .thenComparing(ObjectList::isCalledPeople)
            .thenComparing(list -> list.columns.size())
            .thenComparing(ObjectList::objects);

    private final String path;
    private final Map<String, ColumnContent> columns = new LinkedHashMap<>();
    private int objects;
    private boolean describesPeople;

    /** @param path the list's path in the document; empty if the document is the list */
    ObjectList(String path) {
        this.path = path;
    }

    /** Looks at what its columns mean: once, because a document may have many lists that it is compared with. */
    void end() {
        describesPeople = Proposal.describesPeople(columns.values());
    }

    /** The one of two lists that have ended that is likelier to be of people; the first, if there is no difference. */
    static ObjectList likelier(ObjectList first, ObjectList second) {
        return LIKELIEST_LAST.compare(first, second) < 0 ? second : first;
    }

    private boolean hasObjects() {
        return objects > 0;
    }

    private boolean isCalledPeople() {
        return KnownNames.isOfPeople(path.substring(path.lastIndexOf('.') + 1));
    }

    /** Its column with this name; empty if it has too many. */
    Optional<ColumnContent> column(String name) {
        if (!columns.containsKey(name) && columns.size() >= MOST_COLUMNS) {
            return Optional.empty();
        }
        ColumnContent column = columns.computeIfAbsent(name, ColumnContent::new);
        column.addEmpty(objects - column.cells());
        return Optional.of(column);
    }

    /** Adds an object whose members' columns have been added. */
    void addObject() {
        objects++;
    }

    int objects() {
        return objects;
    }

    Map<String, ColumnContent> columns() {
        return columns;
    }

    Optional<String> path() {
        return path.isEmpty() || objects == 0 ? Optional.empty() : Optional.of(path);
    }
}
