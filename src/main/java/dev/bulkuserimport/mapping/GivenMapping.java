package dev.bulkuserimport.mapping;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a request to inspect a file says of its mapping, read and checked as in an import.
 *
 * @param mapping a whole mapping; empty if one is to be proposed
 * @param document the same as maps, lists and values
 * @param layout how the file is read, by the members of the mapping's {@code file}, if the request says nothing but that
 */
public record GivenMapping(Optional<Mapping> mapping, Optional<Object> document, Map<String, Object> layout) {

    /** Nothing is said. */
    public static final GivenMapping NONE = new GivenMapping(Optional.empty(), Optional.empty(), Map.of());

    private static final String EXTERNAL_ID = "externalId";
    private static final String FILE = "file";

    /**
     * Reads the value at a parser's position. Afterwards the parser is at its last token.
     *
     * @throws IOException when the JSON is cut off or invalid
     * @throws dev.bulkuserimport.problem.ProblemException like {@link Mapping#parse}
     */
    public static GivenMapping read(JsonParser json) throws IOException {
        MappingErrors errors = new MappingErrors();
        Tree tree = MappingDocument.read(json, errors);
        if (tree instanceof Tree.Members document
                && document.members().size() == 1
                && document.members().get(FILE) instanceof Tree.Members file) {
            check(file, errors);
            return new GivenMapping(Optional.empty(), Optional.empty(), members(file));
        }
        Mapping mapping = MappingReader.read(tree, errors);
        return new GivenMapping(Optional.of(mapping), Optional.of(value(tree)), Map.of());
    }

    /** Only a mapping with an external ID is one. */
    private static void check(Tree.Members file, MappingErrors errors) {
        Tree externalId = new Tree.Scalar(Tree.Kind.TEXT, EXTERNAL_ID);
        MappingReader.read(new Tree.Members(Map.of(EXTERNAL_ID, externalId, FILE, file)), errors);
    }

    private static Map<String, Object> members(Tree.Members tree) {
        Map<String, Object> members = new LinkedHashMap<>();
        tree.members().forEach((name, member) -> members.put(name, value(member)));
        return members;
    }

    /** A valid mapping contains no null, and a number in it that isn't a count is compared as text. */
    private static Object value(Tree tree) {
        if (tree instanceof Tree.Members object) {
            return members(object);
        }
        if (tree instanceof Tree.Items array) {
            return array.items().stream().map(GivenMapping::value).toList();
        }
        Tree.Scalar scalar = (Tree.Scalar) tree;
        if (scalar.kind() == Tree.Kind.NUMBER && scalar.text().matches("-?\\d{1,9}")) {
            return Integer.valueOf(scalar.text());
        }
        return scalar.kind() == Tree.Kind.FLAG ? Boolean.valueOf(scalar.text()) : scalar.text();
    }
}
