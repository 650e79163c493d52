/**
 * Validation and batching: records in, a session's ready request bodies out, or the list of what is wrong. Pure: no network, no
 * clock, no AWS, so every rule is tested without a server.
 */
@NullMarked
package dev.bulkuserimport.plan;

import org.jspecify.annotations.NullMarked;
