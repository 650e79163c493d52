/**
 * How the rows and objects of an HR system become records: a mapping, checked as strictly as a payload, and its application to what a
 * source reads. Only what the mapping names passes. Also proposes a mapping for a file.
 */
@NullMarked
package dev.bulkuserimport.mapping;

import org.jspecify.annotations.NullMarked;
