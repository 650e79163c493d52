/**
 * S3: files in, reports out. A file's import is four steps ({@link dev.bulkuserimport.storage.FileImport}), each of which may be killed and
 * repeated: its report is all that one step knows of those before it, and whoever changes it replaces exactly what they read. A
 * notification ({@link dev.bulkuserimport.storage.ObjectImport}) runs the same steps one after the other.
 */
@NullMarked
package dev.bulkuserimport.storage;

import org.jspecify.annotations.NullMarked;
