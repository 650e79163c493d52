/**
 * The import of a file: {@link dev.bulkuserimport.file.FilePolicy} decides from its report what is next, and
 * {@link dev.bulkuserimport.file.FileRunner} does it, all at once for a notification, step by step for a state machine. Each step may be
 * killed and repeated: the report is all that one knows of those before it, and whoever changes it replaces exactly what they read.
 */
@NullMarked
package dev.bulkuserimport.file;

import org.jspecify.annotations.NullMarked;
