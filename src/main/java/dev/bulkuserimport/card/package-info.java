/**
 * The card's options and sibling cards: the application list, an application's properties, templates, user mapping, the check and the
 * inspection.
 */
@NullMarked
package dev.bulkuserimport.card;

import org.jspecify.annotations.NullMarked;
