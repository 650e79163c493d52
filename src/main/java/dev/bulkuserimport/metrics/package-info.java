/** What the function did, for those who run it: a log line an import and CloudWatch metrics, never a profile value. */
package dev.bulkuserimport.metrics;
