/** What tests build with: events, payloads, buckets with files and their reports, what a problem must hold, and servers beside the function. */
package dev.bulkuserimport.support;
