/** Secrets: given in the settings, or kept in Secrets Manager or SSM and read at their first use. None is ever printed. */
package dev.bulkuserimport.secret;
