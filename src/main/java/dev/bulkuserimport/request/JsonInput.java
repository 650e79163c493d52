package dev.bulkuserimport.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;

/** How payloads are parsed: with bounds on what one value may cost, and errors that never quote the payload. */
public final class JsonInput {

    /** Characters of one string. A record of a bulk request is far smaller, so anything longer is hostile or broken. */
    private static final int MAX_STRING = 1_000_000;

    private static final int MAX_NESTING = 100;

    /** Bounded by Jackson's defaults too: 1,000 digits a number, 50,000 characters a name. */
    public static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING)
                    .maxNestingDepth(MAX_NESTING)
                    .build())
            .build();

    private JsonInput() {}

    /** The problem for JSON that can't be parsed; it says where, not what stands there. */
    static ProblemException malformed(JsonProcessingException cause) {
        String what;
        if (cause instanceof StreamConstraintsException) {
            what = "A value is larger or deeper nested than this function reads (strings of " + MAX_STRING
                    + " characters, numbers of 1000 digits, " + MAX_NESTING + " levels)";
        } else if (cause instanceof JsonEOFException) {
            what = "The JSON ends too early";
        } else {
            what = "This is not JSON";
        }
        return malformed(what, cause.getLocation());
    }

    /** The problem for a payload that has another shape than the one documented. */
    public static ProblemException malformed(String what, JsonLocation at) {
        if (at == null || at.getLineNr() < 1) {
            return Problem.of(ProblemType.MALFORMED_PAYLOAD, what + ". Nothing was sent.")
                    .with("line", 1)
                    .with("column", 1)
                    .exception();
        }
        return Problem.of(
                        ProblemType.MALFORMED_PAYLOAD,
                        what + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + "). Nothing was sent.")
                .with("line", at.getLineNr())
                .with("column", at.getColumnNr())
                .exception();
    }
}
