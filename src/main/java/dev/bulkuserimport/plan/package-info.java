/**
 * Validation and batching: turns records into the request bodies of sessions, or into a list of errors. Pure: no network, no clock, no AWS,
 * so every rule can be tested without a server.
 */
@NullMarked
package dev.bulkuserimport.plan;

import org.jspecify.annotations.NullMarked;
