/** What went wrong, for the person who must mend it: RFC 9457 problems, one exception for each kind of trigger to translate. */
package dev.bulkuserimport.problem;
