/** The settings, checked once at the start: a wrong one stops it with a message that names it. */
@NullMarked
package dev.bulkuserimport.config;

import org.jspecify.annotations.NullMarked;
