/**
 * An Okta org to run against: a real HTTP server that keeps every rule of Okta's that an import can meet, injects faults, and tells what it
 * received. It serves the tests, the benchmarks and the newcomer's first run; nothing of it is in the artifact.
 */
package dev.bulkuserimport.embedded;
