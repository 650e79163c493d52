/** The bottom: bytes, deadlines, and JSON out. It knows neither AWS nor Okta nor what an import is. */
@NullMarked
package dev.bulkuserimport.base;

import org.jspecify.annotations.NullMarked;
