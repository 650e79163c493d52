/**
 * The outer ring: classifies AWS's events, turns each into a request, and each result into that trigger's answer: HTTP responses,
 * Lambda's function errors, batch item failures. It also makes sure that a request with an idempotency key is answered once.
 */
@NullMarked
package dev.bulkuserimport.event;

import org.jspecify.annotations.NullMarked;
