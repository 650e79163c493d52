package dev.bulkuserimport.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** Parses JSON from outside with limits on the size of a value. */
public final class JsonInput {

    /** The most characters of a string. A record of a bulk request is far smaller, so anything longer is hostile or broken. */
    public static final int MAX_STRING = 1_000_000;

    public static final int MAX_NESTING = 100;

    /** Jackson's defaults also apply: 1,000 digits per number, 50,000 characters per name. */
    public static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING)
                    .maxNestingDepth(MAX_NESTING)
                    .build())
            .build();

    private JsonInput() {}
}
