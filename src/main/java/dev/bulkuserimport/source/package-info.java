/** What a caller asks for: the import payload and the files, read as streams, and the card's own rules for its options. */
@NullMarked
package dev.bulkuserimport.source;

import org.jspecify.annotations.NullMarked;
