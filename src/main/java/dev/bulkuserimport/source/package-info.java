/** The sources of imports: payloads and files, read as streams of records in each supported format. */
@NullMarked
package dev.bulkuserimport.source;

import org.jspecify.annotations.NullMarked;
