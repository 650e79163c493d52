/** The card's options and its siblings: the application list, an application's properties, and the operations on sessions. */
@NullMarked
package dev.bulkuserimport.card;

import org.jspecify.annotations.NullMarked;
