/**
 * Snapshots: what is known of an application's people from the imports before, what has changed since, and the guards against an
 * accident. It keeps external IDs and keyed hashes, no profile values, and knows nothing of where they are stored.
 */
@NullMarked
package dev.bulkuserimport.snapshot;

import org.jspecify.annotations.NullMarked;
