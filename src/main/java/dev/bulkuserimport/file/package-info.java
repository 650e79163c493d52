/**
 * The import of a file: {@link dev.bulkuserimport.file.FilePolicy} decides the next step from its report, and
 * {@link dev.bulkuserimport.file.FileRunner} executes it, all at once for a notification, step by step for a state machine. Each step may
 * be killed and repeated: the report is all that a step knows about earlier ones, and every change replaces exactly the version that was
 * read.
 */
@NullMarked
package dev.bulkuserimport.file;

import org.jspecify.annotations.NullMarked;
