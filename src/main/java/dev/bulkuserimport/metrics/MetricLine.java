package dev.bulkuserimport.metrics;

import java.util.Optional;

/**
 * An import as CloudWatch metrics in Embedded Metric Format: a JSON line on standard output, without an API call.
 *
 * <p>Source: "Specification: Embedded metric format" in the CloudWatch user guide. The only dimensions are the stack and the operation,
 * which keeps the number of metrics small; IDs are properties, which can be searched and aren't charged as metrics.
 */
final class MetricLine {

    static final String NAMESPACE = "BulkUserImport";

    private MetricLine() {}

    /** @param stack the stack that the function belongs to; if empty, the metrics don't have this dimension */
    static String of(JournalEntry entry, boolean coldStart, Optional<String> stack) {
        return new StringBuilder(900)
                .append("{\"_aws\":{\"Timestamp\":")
                .append(System.currentTimeMillis())
                .append(",\"CloudWatchMetrics\":[{\"Namespace\":\"")
                .append(NAMESPACE)
                .append("\",\"Dimensions\":")
                .append(stack.isPresent() ? "[[\"Stack\"],[\"Stack\",\"Operation\"]]" : "[[],[\"Operation\"]]")
                .append(",\"Metrics\":[")
                .append("{\"Name\":\"Imports\",\"Unit\":\"Count\"},{\"Name\":\"FailedImports\",\"Unit\":\"Count\"},")
                .append("{\"Name\":\"UnconfirmedImports\",\"Unit\":\"Count\"},")
                .append("{\"Name\":\"OutdatedFiles\",\"Unit\":\"Count\"},")
                .append(
                        "{\"Name\":\"RecordsImported\",\"Unit\":\"Count\"},{\"Name\":\"RecordsRejected\",\"Unit\":\"Count\"},")
                .append("{\"Name\":\"Deactivations\",\"Unit\":\"Count\"},{\"Name\":\"Retries\",\"Unit\":\"Count\"},")
                .append(
                        "{\"Name\":\"Throttles\",\"Unit\":\"Count\"},{\"Name\":\"OktaMilliseconds\",\"Unit\":\"Milliseconds\"},")
                .append(
                        "{\"Name\":\"Duration\",\"Unit\":\"Milliseconds\"},{\"Name\":\"ColdStarts\",\"Unit\":\"Count\"}")
                .append(
                        entry.hasGroups()
                                ? ",{\"Name\":\"GroupsImported\",\"Unit\":\"Count\"},{\"Name\":\"MembershipsImported\",\"Unit\":\"Count\"}"
                                : "")
                .append("]}]},")
                .append(stack.map(name -> "\"Stack\":\"" + name + "\",").orElse(""))
                .append("\"Operation\":\"")
                .append(entry.operation())
                .append("\",\"applicationId\":\"")
                .append(entry.applicationId())
                .append(entry.importId().map(id -> "\",\"importId\":\"" + id).orElse(""))
                .append("\",\"problem\":\"")
                .append(entry.problem())
                .append("\",\"dryRun\":")
                .append(entry.dryRun())
                .append(",\"Imports\":1,\"FailedImports\":")
                .append(entry.hasFailed() && !entry.isStoppedPreview() ? 1 : 0)
                .append(",\"UnconfirmedImports\":")
                .append(entry.isUnconfirmed() ? 1 : 0)
                .append(",\"OutdatedFiles\":")
                .append(entry.isOutdated() ? 1 : 0)
                .append(",\"RecordsImported\":")
                .append(entry.imported())
                .append(",\"RecordsRejected\":")
                .append(entry.rejected())
                .append(",\"Deactivations\":")
                .append(entry.deactivated())
                .append(",\"Retries\":")
                .append(entry.effort().retries())
                .append(",\"Throttles\":")
                .append(entry.effort().throttles())
                .append(",\"OktaMilliseconds\":")
                .append(entry.effort().oktaMillis())
                .append(",\"Duration\":")
                .append(entry.millis())
                .append(",\"ColdStarts\":")
                .append(coldStart ? 1 : 0)
                .append(
                        entry.hasGroups()
                                ? ",\"GroupsImported\":" + entry.groups() + ",\"MembershipsImported\":"
                                        + entry.memberships()
                                : "")
                .append('}')
                .toString();
    }
}
