/** Okta Workflows' Bulk User Import card as an AWS Lambda function. The way of an import: event, request, plan, upload, answer. */
package dev.bulkuserimport;
