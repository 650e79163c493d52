package dev.bulkuserimport.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.bulkuserimport.base.JsonInput;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a mapping's JSON into a {@link Tree}, with a size limit and without duplicate members. */
final class MappingDocument {

    /** The most members and items of a mapping. */
    private static final int MOST_VALUES = 50_000;

    /** The maximum nesting; a mapping has six levels. */
    private static final int MOST_LEVELS = 8;

    private final JsonParser json;
    private final MappingErrors errors;
    private int values;

    private MappingDocument(JsonParser json, MappingErrors errors) {
        this.json = json;
        this.errors = errors;
    }

    /** The tree of a document. */
    static Tree parse(byte[] bytes, MappingErrors errors) {
        if (bytes.length > Mapping.MOST_BYTES) {
            throw MappingErrors.one(MappingErrors.ROOT, "has more than " + Mapping.MOST_BYTES + " bytes, the maximum");
        }
        try (JsonParser json = JsonInput.FACTORY.createParser(bytes)) {
            if (json.nextToken() == null) {
                throw MappingErrors.one(MappingErrors.ROOT, "is empty");
            }
            Tree tree = read(json, errors);
            if (json.nextToken() != null) {
                throw MappingErrors.one(MappingErrors.ROOT, "is followed by other text in its file");
            }
            return tree;
        } catch (StreamConstraintsException e) {
            throw MappingErrors.one(MappingErrors.ROOT, "contains a value that is too long or too deeply nested");
        } catch (JsonProcessingException e) {
            throw MappingErrors.one(
                    MappingErrors.ROOT,
                    "is not JSON (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")");
        } catch (CharConversionException e) {
            throw MappingErrors.one(MappingErrors.ROOT, "is not JSON in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tree at a parser's position. */
    static Tree read(JsonParser json, MappingErrors errors) throws IOException {
        return new MappingDocument(json, errors).value(MappingErrors.ROOT, 0);
    }

    private Tree value(String path, int level) throws IOException {
        if (++values > MOST_VALUES) {
            throw MappingErrors.one(MappingErrors.ROOT, "has more than " + MOST_VALUES + " values");
        }
        if (level > MOST_LEVELS) {
            throw MappingErrors.one(path, "is nested too deeply for a mapping");
        }
        return switch (json.currentToken()) {
            case START_OBJECT -> members(path, level);
            case START_ARRAY -> items(path, level);
            case VALUE_STRING -> new Tree.Scalar(Tree.Kind.TEXT, json.getText());
            case VALUE_NULL -> new Tree.Scalar(Tree.Kind.NOTHING, "");
            case VALUE_TRUE, VALUE_FALSE -> new Tree.Scalar(Tree.Kind.FLAG, json.getText());
            default -> new Tree.Scalar(Tree.Kind.NUMBER, json.getText());
        };
    }

    private Tree members(String path, int level) throws IOException {
        Map<String, Tree> members = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            String below = MappingErrors.path(path, name);
            json.nextToken();
            if (members.putIfAbsent(name, value(below, level + 1)) != null) {
                errors.add(below, "appears twice");
            }
        }
        return new Tree.Members(members);
    }

    private Tree items(String path, int level) throws IOException {
        List<Tree> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(MappingErrors.path(path, items.size()), level + 1));
        }
        return new Tree.Items(items);
    }
}
