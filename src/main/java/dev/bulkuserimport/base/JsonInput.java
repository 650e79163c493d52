package dev.bulkuserimport.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** How JSON from outside is parsed: with bounds on what one value may cost. */
public final class JsonInput {

    /** Characters of one string. A record of a bulk request is far smaller, so anything longer is hostile or broken. */
    public static final int MAX_STRING = 1_000_000;

    public static final int MAX_NESTING = 100;

    /** Bounded by Jackson's defaults too: 1,000 digits a number, 50,000 characters a name. */
    public static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING)
                    .maxNestingDepth(MAX_NESTING)
                    .build())
            .build();

    private JsonInput() {}
}
