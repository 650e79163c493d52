/**
 * The outer layer: classifies AWS events, turns each into a request, and each result into the trigger's answer: an HTTP response, a Lambda
 * function error, batch item failures. It also ensures that a request with an idempotency key is processed only once.
 */
@NullMarked
package dev.bulkuserimport.event;

import org.jspecify.annotations.NullMarked;
