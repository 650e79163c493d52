/**
 * Bytes, JSON, hashes, encodings, texts that are part of the function, protection against formulas in CSV cells, and the time that is
 * left. Independent of AWS services, of Okta and of imports.
 */
@NullMarked
package dev.bulkuserimport.base;

import org.jspecify.annotations.NullMarked;
