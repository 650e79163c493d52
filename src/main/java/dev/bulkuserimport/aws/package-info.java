/** Signed calls to AWS services without an SDK client: the SDK's clients would add megabytes for a call or two. */
@NullMarked
package dev.bulkuserimport.aws;

import org.jspecify.annotations.NullMarked;
