/** Signed calls of AWS services that have no client here: the SDK's clients for them would add megabytes for a call or two. */
package dev.bulkuserimport.aws;
