/**
 * Snapshots: what earlier imports left known of an application's people, and what has changed since. It keeps external IDs and keyed
 * hashes, no profile values, and knows nothing of where they are stored.
 */
@NullMarked
package dev.bulkuserimport.snapshot;

import org.jspecify.annotations.NullMarked;
