package dev.bulkuserimport.mapping;

import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** All errors in a mapping, each with its path, so that they can be fixed at once. */
final class MappingErrors {

    /** The start of every path. */
    static final String ROOT = "mapping";

    /** The most characters of a name within a path. */
    private static final int NAME = 100;

    private final List<FieldError> errors = new ArrayList<>();
    private int count;

    /** The path of a member. */
    static String path(String above, String name) {
        String shown = name.length() > NAME ? name.substring(0, NAME) + "…" : name;
        return above + "." + shown.replaceAll("\\p{Cc}", "?");
    }

    static String path(String above, int item) {
        return above + "[" + item + "]";
    }

    static ProblemException one(String path, String message) {
        MappingErrors errors = new MappingErrors();
        errors.add(path, message);
        return errors.problem();
    }

    void add(String path, String message) {
        count++;
        if (errors.size() < Problem.LISTED_ERRORS) {
            errors.add(new FieldError(path, message));
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    ProblemException problem() {
        return Problem.invalidRequest(errors, count).exception();
    }
}
