/**
 * Okta Workflows' Bulk User Import card as an AWS Lambda function. The way of an import: event, source, checks, plan, upload, report.
 *
 * <p>Words that mean one thing everywhere:
 *
 * <dl>
 *   <dt>import</dt>
 *   <dd>all that one payload or file asks for; it ends as succeeded, failed or crashed, with one log line and one metric
 *   <dt>record</dt>
 *   <dd>a user in an import, and nothing else
 *   <dt>source</dt>
 *   <dd>what records are read from: a payload, or a file in one of its formats
 *   <dt>mapping</dt>
 *   <dd>how an HR system's rows become records
 *   <dt>plan</dt>
 *   <dd>the checked records as requests and sessions of ready bytes
 *   <dt>session</dt>
 *   <dd>Okta's import session: created, loaded, started, followed; <i>managed</i> when the function created it, else the caller's
 *   <dt>request</dt>
 *   <dd>a bulk request to Okta, with 200 users at most
 *   <dt>outcome</dt>
 *   <dd>what became of a request: accepted, rejected, unknown (no answer came), not sent
 *   <dt>delivery</dt>
 *   <dd>one telling of S3's about an object; S3 may tell twice
 *   <dt>attempt</dt>
 *   <dd>one try at a file or at a request
 *   <dt>claim</dt>
 *   <dd>what keeps two deliveries of an object apart: its report, written on a condition
 *   <dt>step</dt>
 *   <dd>one of the four actions that a file's import is made of: plan, import, follow, finish
 *   <dt>report</dt>
 *   <dd>what a file's import came to, beside it in the bucket
 *   <dt>snapshot</dt>
 *   <dd>a file that holds all the people there are
 *   <dt>state</dt>
 *   <dd>what the last started session made of each person of an application
 *   <dt>guard</dt>
 *   <dd>a limit of deactivations or changes, over which nothing is sent
 *   <dt>problem</dt>
 *   <dd>what went wrong and how to mend it, for the person who reads it (RFC 9457)
 *   <dt>fault</dt>
 *   <dd>what is wrong with one value, said without the value
 * </dl>
 */
@NullMarked
package dev.bulkuserimport;

import org.jspecify.annotations.NullMarked;
