/** What went wrong, for the person who must mend it: RFC 9457 problems, one exception for each kind of trigger to translate. */
@NullMarked
package dev.bulkuserimport.problem;

import org.jspecify.annotations.NullMarked;
