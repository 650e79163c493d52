/**
 * Snapshots: what is known about an application's people from earlier imports, and what has changed since. It keeps external IDs and keyed
 * hashes, no profile values, and is independent of where they are stored.
 */
@NullMarked
package dev.bulkuserimport.snapshot;

import org.jspecify.annotations.NullMarked;
