package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.io.IOException;
import java.util.Optional;

/** The problems of payloads and files that can't be read. They give the position, and never quote the content. */
public final class Malformed {

    private Malformed() {}

    /** JSON that can't be parsed. */
    public static ProblemException json(JsonProcessingException cause) {
        String what;
        if (cause instanceof StreamConstraintsException) {
            what = "A value is larger or more deeply nested than this function supports (strings of "
                    + JsonInput.MAX_STRING + " characters, numbers of 1000 digits, " + JsonInput.MAX_NESTING
                    + " levels)";
        } else if (cause instanceof JsonEOFException) {
            what = "The JSON ends too early";
        } else if (isEncoding(cause)) {
            what = "A byte is not UTF-8: save the file as UTF-8, or name its encoding in the mapping (file.encoding)";
        } else {
            what = "This is not JSON";
        }
        // Jackson reports no position when one of its own limits is exceeded.
        ProblemException problem =
                json(what, Optional.ofNullable(cause.getLocation()).orElse(JsonLocation.NA));
        return cause instanceof JsonEOFException ? new CutOffException(problem.problem()) : problem;
    }

    /**
     * The same for what a parser has met. Jackson gives the place of everything but its own limits.
     *
     * @param parser at the place
     */
    static ProblemException json(JsonProcessingException cause, JsonParser parser) {
        return json(
                cause instanceof StreamConstraintsException && cause.getLocation() == null
                        ? new StreamConstraintsException(cause.getOriginalMessage(), parser.currentLocation())
                        : cause);
    }

    /** Jackson distinguishes invalid bytes from invalid JSON only in the message. */
    private static boolean isEncoding(JsonProcessingException cause) {
        return cause.getOriginalMessage() != null && cause.getOriginalMessage().startsWith("Invalid UTF-8");
    }

    /** JSON with a structure other than the documented one. */
    public static ProblemException json(String what, JsonLocation at) {
        if (at.getLineNr() < 1) {
            return at(what, 1, 1);
        }
        // If nothing was read, Jackson's column is 0.
        int column = Math.max(1, at.getColumnNr());
        return at(what + " (line " + at.getLineNr() + ", column " + column + ")", at.getLineNr(), column);
    }

    /**
     * Refuses text after the end of a document.
     *
     * @param json at the document's last token
     */
    public static void refuseMore(JsonParser json) throws IOException {
        refuseMore(json, "There is text after the end of the JSON");
    }

    /** The same in other words. */
    static void refuseMore(JsonParser json, String what) throws IOException {
        if (json.nextToken() != null) {
            throw json(what, json.currentTokenLocation());
        }
    }

    /**
     * Refuses a payload's field that was met before: neither of the two is certainly meant.
     *
     * @param json at the second one's value
     */
    public static void refuseTwice(boolean twice, String field, JsonParser json) {
        if (twice) {
            throw json(field + " appears twice in the payload", json.currentTokenLocation());
        }
    }

    /** A problem of the whole document. */
    public static ProblemException whole(String what) {
        return at(what, 1, 1);
    }

    /** A file that is cut off. */
    static CutOffException cutOff(String what, long line) {
        return new CutOffException(at(what, line, 1).problem());
    }

    /** A problem on a line. */
    static ProblemException at(String what, long line, long column) {
        return Problem.of(ProblemType.MALFORMED_PAYLOAD, what + ". Nothing was sent.")
                .with("line", line)
                .with("column", column)
                .exception();
    }
}
