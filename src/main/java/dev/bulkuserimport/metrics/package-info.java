/** What the function did, for those who run it: one log line per import and CloudWatch metrics, never a profile value. */
package dev.bulkuserimport.metrics;
