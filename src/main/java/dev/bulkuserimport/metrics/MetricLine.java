package dev.bulkuserimport.metrics;

import dev.bulkuserimport.base.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private record Metric(String name, String unit, long value) {

        static Metric count(String name, long value) {
            return new Metric(name, "Count", value);
        }

        static Metric count(String name, boolean counts) {
            return count(name, counts ? 1 : 0);
        }

        static Metric millis(String name, long value) {
            return new Metric(name, "Milliseconds", value);
        }

        Map<String, Object> definition() {
            Map<String, Object> definition = new LinkedHashMap<>();
            definition.put("Name", name);
            definition.put("Unit", unit);
            return definition;
        }
    }

    /** @param stack the stack that the function belongs to; if empty, the metrics don't have this dimension */
    static String of(JournalEntry entry, boolean coldStart, Optional<String> stack) {
        List<Metric> metrics = metrics(entry, coldStart);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("_aws", directive(metrics, stack.isPresent()));
        stack.ifPresent(name -> line.put("Stack", name));
        line.put("Operation", entry.operation());
        line.put("applicationId", entry.applicationId());
        entry.importId().ifPresent(id -> line.put("importId", id));
        line.put("problem", entry.problem());
        line.put("dryRun", entry.dryRun());
        metrics.forEach(metric -> line.put(metric.name(), metric.value()));
        return new String(JsonOutput.bytes(line), StandardCharsets.UTF_8);
    }

    private static List<Metric> metrics(JournalEntry entry, boolean coldStart) {
        List<Metric> metrics = new ArrayList<>(List.of(
                Metric.count("Imports", 1),
                Metric.count("FailedImports", entry.hasFailed() && !entry.isStoppedPreview()),
                Metric.count("UnconfirmedImports", entry.isUnconfirmed()),
                Metric.count("OutdatedFiles", entry.isOutdated()),
                Metric.count("RecordsImported", entry.imported()),
                Metric.count("RecordsRejected", entry.rejected()),
                Metric.count("Deactivations", entry.deactivated()),
                Metric.count("Retries", entry.effort().retries()),
                Metric.count("Throttles", entry.effort().throttles()),
                Metric.millis("OktaMilliseconds", entry.effort().oktaMillis()),
                Metric.millis("Duration", entry.millis()),
                Metric.count("ColdStarts", coldStart)));
        if (entry.hasGroups()) {
            metrics.add(Metric.count("GroupsImported", entry.groups()));
            metrics.add(Metric.count("MembershipsImported", entry.memberships()));
        }
        return metrics;
    }

    private static Map<String, Object> directive(List<Metric> metrics, boolean ofStack) {
        Map<String, Object> directive = new LinkedHashMap<>();
        directive.put("Namespace", NAMESPACE);
        directive.put(
                "Dimensions",
                ofStack
                        ? List.of(List.of("Stack"), List.of("Stack", "Operation"))
                        : List.of(List.of(), List.of("Operation")));
        directive.put("Metrics", metrics.stream().map(Metric::definition).toList());
        Map<String, Object> aws = new LinkedHashMap<>();
        aws.put("Timestamp", System.currentTimeMillis());
        aws.put("CloudWatchMetrics", List.of(directive));
        return aws;
    }
}
