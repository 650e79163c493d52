package dev.bulkuserimport.plan;

/** What an import does with the application's schema. */
public enum SchemaUse {
    /** Nothing: it isn't read. */
    NONE,
    /** Each record is held against it; an import whose schema can't be read fails. */
    RECORDS,
    /**
     * A file is held against it as a whole: one property that the application doesn't have refuses all of it. A file whose schema can't be
     * read for want of a scope goes on without, and its report says so.
     */
    FILE
}
