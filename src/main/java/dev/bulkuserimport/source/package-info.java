/** What a caller sends: the import payload and the files, read as streams of records in each of their formats. */
@NullMarked
package dev.bulkuserimport.source;

import org.jspecify.annotations.NullMarked;
