/**
 * What is known of an application's people, kept in a bucket: opened to compare a file with it, and changed by each session that was
 * started. What it means is the snapshot package's.
 */
@NullMarked
package dev.bulkuserimport.state;

import org.jspecify.annotations.NullMarked;
