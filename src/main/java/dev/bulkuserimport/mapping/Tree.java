package dev.bulkuserimport.mapping;

import java.util.List;
import java.util.Map;

/** A mapping's JSON, as written. */
sealed interface Tree {

    /** An object. */
    record Members(Map<String, Tree> members) implements Tree {}

    /** An array. */
    record Items(List<Tree> items) implements Tree {}

    /** A string, number or boolean, as written in the document: cells are compared by their digits, not by their amounts. */
    record Scalar(Kind kind, String text) implements Tree {}

    /** The kind of a scalar. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        NOTHING
    }
}
