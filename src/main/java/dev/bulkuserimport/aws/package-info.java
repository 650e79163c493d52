/** Signed calls of AWS services that have no client here: the SDK's clients for them would add megabytes for a call or two. */
@NullMarked
package dev.bulkuserimport.aws;

import org.jspecify.annotations.NullMarked;
