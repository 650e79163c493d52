/** The card's rules and Okta's: operations, ids, limits, the standard properties, an application's schema. Pure. */
package dev.bulkuserimport.rules;
