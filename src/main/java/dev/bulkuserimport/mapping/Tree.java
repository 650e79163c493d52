package dev.bulkuserimport.mapping;

import java.util.List;
import java.util.Map;

/** A mapping's JSON, as it was written. */
sealed interface Tree {

    /** An object. */
    record Members(Map<String, Tree> members) implements Tree {}

    /** An array. */
    record Items(List<Tree> items) implements Tree {}

    /** A text, a number or a flag, spelled as in the document: what is compared with cells are digits, not amounts. */
    record Scalar(Kind kind, String text) implements Tree {}

    /** What a scalar is. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        NOTHING
    }
}
