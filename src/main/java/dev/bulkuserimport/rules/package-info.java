/** The card's rules and Okta's: operations, ids, limits, the standard properties, an application's schema. Pure. */
@NullMarked
package dev.bulkuserimport.rules;

import org.jspecify.annotations.NullMarked;
