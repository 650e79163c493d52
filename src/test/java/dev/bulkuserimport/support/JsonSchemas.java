package dev.bulkuserimport.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AnnotationKeyword;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;

/** JSON schemas of draft 2020-12 with keywords of others in them (OpenAPI's, the AWS registry's), which describe and check nothing. */
public final class JsonSchemas {

    private static final JsonMetaSchema DRAFT = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .unknownKeywordFactory((keyword, context) -> new AnnotationKeyword(keyword))
            .build();

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.builder()
            .metaSchema(DRAFT)
            .defaultMetaSchemaIri(DRAFT.getIri())
            .build();

    private JsonSchemas() {}

    /** The compiled schema of a document. */
    public static JsonSchema of(JsonNode schema) {
        return FACTORY.getSchema(schema);
    }
}
