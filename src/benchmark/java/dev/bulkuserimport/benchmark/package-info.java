/** What this function costs, side by side with what a user would write instead. Run by {@code ./mvnw -Pbenchmark package}, never by tests. */
package dev.bulkuserimport.benchmark;
