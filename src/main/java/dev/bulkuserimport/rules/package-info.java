/** The rules of the card and of Okta: operations and other options, IDs, limits, the standard properties, an application's schema. Pure. */
@NullMarked
package dev.bulkuserimport.rules;

import org.jspecify.annotations.NullMarked;
