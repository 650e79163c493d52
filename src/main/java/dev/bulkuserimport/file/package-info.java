/**
 * The import of a file. It is four steps ({@link dev.bulkuserimport.file.FileImport}), each of which may be killed and repeated: its report
 * is all that one step knows of those before it, and whoever changes it replaces exactly what they read. A notification
 * ({@link dev.bulkuserimport.file.ObjectImport}) runs the same steps one after the other.
 */
@NullMarked
package dev.bulkuserimport.file;

import org.jspecify.annotations.NullMarked;
