/** Objects in S3: read, written on a condition, listed. Only this package uses the S3 client, and it knows no import. */
@NullMarked
package dev.bulkuserimport.s3;

import org.jspecify.annotations.NullMarked;
