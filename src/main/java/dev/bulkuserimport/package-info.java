/**
 * Okta Workflows' Bulk User Import card as an AWS Lambda function. The path of an import: event, source, checks, plan, upload, report.
 *
 * <p>Terms with a single meaning throughout:
 *
 * <dl> <dt>import</dt> <dd>everything that one payload or file requests; it ends as succeeded, failed, crashed, unconfirmed (sent, with an
 * unknown result) or superseded (something newer took its place), with one log line and one metric <dt>record</dt> <dd>a user in an import
 * <dt>source</dt> <dd>what records are read from: a payload, or a file in one of the supported formats <dt>mapping</dt> <dd>how an HR
 * system's rows become records <dt>plan</dt> <dd>the checked records as requests and sessions, already serialized <dt>session</dt>
 * <dd>Okta's import session: created, loaded, started, followed; <i>managed</i> if the function created it, otherwise the caller's
 * <dt>request</dt> <dd>a bulk request to Okta, with at most 200 users, groups or memberships <dt>outcome</dt> <dd>the result of a request:
 * accepted, rejected, unknown (no answer arrived), not sent <dt>delivery</dt> <dd>one notification from S3 about an object; S3 may send two
 * <dt>attempt</dt> <dd>one try at a file or at a request <dt>claim</dt> <dd>what prevents two deliveries of an object from being imported
 * twice: its report, written conditionally <dt>step</dt> <dd>one of the four actions of a file's import: plan, import, follow, finish
 * <dt>report</dt> <dd>the result of a file's import, stored in the bucket <dt>snapshot</dt> <dd>a file with the complete list of people
 * <dt>state</dt> <dd>what the function knows of each person of an application: the result of the last started session <dt>guard</dt> <dd>a
 * limit on deactivations, changes, returns or removals from groups; if it is exceeded, nothing is sent <dt>problem</dt> <dd>what went wrong
 * and how to fix it (RFC 9457) <dt>fault</dt> <dd>what is wrong with one value, described without the value </dl>
 */
@NullMarked
package dev.bulkuserimport;

import org.jspecify.annotations.NullMarked;
