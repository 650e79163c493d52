/**
 * The state of an application's people, stored in a bucket: opened to compare a file with it, and changed by each started session. Its
 * format and meaning are defined in the snapshot package.
 */
@NullMarked
package dev.bulkuserimport.state;

import org.jspecify.annotations.NullMarked;
