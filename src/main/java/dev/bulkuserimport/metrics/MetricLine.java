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

    static String of(ImportRecord record, boolean coldStart) {
        boolean deactivation = record.options().operation().name().startsWith("DEACTIVATE");
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
                .append(record.options().operation().name())
                .append("\",\"applicationId\":\"")
                .append(record.options().applicationId())
                .append("\",\"problem\":\"")
                .append(record.problem() == null ? "" : record.problem())
                .append("\",\"Imports\":1,\"FailedImports\":")
                .append(record.problem() == null ? 0 : 1)
                .append(",\"RecordsImported\":")
                .append(record.imported())
                .append(",\"RecordsRejected\":")
                .append(record.rejected())
                .append(",\"Deactivations\":")
                .append(deactivation ? record.imported() : 0)
                .append(",\"Retries\":")
                .append(record.retries())
                .append(",\"Throttles\":")
                .append(record.throttles())
                .append(",\"OktaMilliseconds\":")
                .append(record.oktaMillis())
                .append(",\"Duration\":")
                .append(record.millis())
                .append(",\"ColdStarts\":")
                .append(coldStart ? 1 : 0)
                .append('}')
                .toString();
    }
}
