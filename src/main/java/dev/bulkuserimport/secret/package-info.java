/** Secrets: given in the settings, or kept in Secrets Manager or SSM and read at their first use. None is ever printed. */
@NullMarked
package dev.bulkuserimport.secret;

import org.jspecify.annotations.NullMarked;
