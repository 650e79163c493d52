/** What this function costs, side by side with what a user would write instead. Run by {@code ./mvnw -Pbenchmark verify}, never by tests. */
package dev.bulkuserimport.benchmark;
