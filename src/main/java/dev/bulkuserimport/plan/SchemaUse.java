package dev.bulkuserimport.plan;

/** How an import uses the application's schema. */
public enum SchemaUse {
    /** Not at all: it isn't read. */
    NONE,
    /** Each record is checked against it; if the schema can't be read, the import fails. */
    RECORDS,
    /**
     * A file is checked against it as a whole: a property that the application doesn't have refuses the file. If the schema can't be read
     * because a scope is missing, the file is imported without the check, and its report says so.
     */
    FILE
}
