/** What the function did, for its operators: one log line per import and CloudWatch metrics, never a profile value. */
@NullMarked
package dev.bulkuserimport.metrics;

import org.jspecify.annotations.NullMarked;
