/** The settings, checked once at startup: an invalid one stops the start with a message that names it. */
@NullMarked
package dev.bulkuserimport.config;

import org.jspecify.annotations.NullMarked;
