/**
 * The outer ring: AWS's events, told apart, become requests, and each result becomes that trigger's answer. HTTP status codes, Lambda's
 * function errors and S3's notifications live here and nowhere else.
 */
@NullMarked
package dev.bulkuserimport.event;

import org.jspecify.annotations.NullMarked;
