/**
 * What went wrong, for the person who must fix it: RFC 9457 problems with the names and HTTP statuses of the public interface, and the
 * exception that carries them.
 */
@NullMarked
package dev.bulkuserimport.problem;

import org.jspecify.annotations.NullMarked;
