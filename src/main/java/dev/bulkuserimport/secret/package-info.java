/** Secrets: given in the settings, or stored in Secrets Manager or SSM and read on first use. None is ever printed. */
@NullMarked
package dev.bulkuserimport.secret;

import org.jspecify.annotations.NullMarked;
