package dev.bulkuserimport.metrics;

/**
 * An import as CloudWatch metrics in Embedded Metric Format, a JSON line on standard output that costs no call.
 *
 * <p>Source: "Specification: Embedded metric format" in the CloudWatch user guide. The only dimensions are the operation and none, so
 * they never explode; ids are properties, which are searched and not charged as metrics.
 */
final class MetricLine {

    static final String NAMESPACE = "BulkUserImport";

    private MetricLine() {}

    static String of(JournalEntry entry, boolean coldStart) {
        return new StringBuilder(900)
                .append("{\"_aws\":{\"Timestamp\":")
                .append(System.currentTimeMillis())
                .append(",\"CloudWatchMetrics\":[{\"Namespace\":\"")
                .append(NAMESPACE)
                .append("\",\"Dimensions\":[[],[\"Operation\"]],\"Metrics\":[")
                .append("{\"Name\":\"Imports\",\"Unit\":\"Count\"},{\"Name\":\"FailedImports\",\"Unit\":\"Count\"},")
                .append(
                        "{\"Name\":\"RecordsImported\",\"Unit\":\"Count\"},{\"Name\":\"RecordsRejected\",\"Unit\":\"Count\"},")
                .append("{\"Name\":\"Deactivations\",\"Unit\":\"Count\"},{\"Name\":\"Retries\",\"Unit\":\"Count\"},")
                .append(
                        "{\"Name\":\"Throttles\",\"Unit\":\"Count\"},{\"Name\":\"OktaMilliseconds\",\"Unit\":\"Milliseconds\"},")
                .append(
                        "{\"Name\":\"Duration\",\"Unit\":\"Milliseconds\"},{\"Name\":\"ColdStarts\",\"Unit\":\"Count\"}]}]},")
                .append("\"Operation\":\"")
                .append(entry.operation())
                .append("\",\"applicationId\":\"")
                .append(entry.applicationId())
                .append("\",\"problem\":\"")
                .append(entry.problem())
                .append("\",\"Imports\":1,\"FailedImports\":")
                .append(entry.hasFailed() ? 1 : 0)
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
                .append('}')
                .toString();
    }
}
