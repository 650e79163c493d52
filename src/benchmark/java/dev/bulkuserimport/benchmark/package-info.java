/** What this function costs, side by side with what a user would write instead. Run by its own {@code pom.xml}, never by tests. */
package dev.bulkuserimport.benchmark;
