package dev.bulkuserimport.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** The answer that a report keeps of an import that went as asked: what a caller of a payload's import is told. */
public final class FileAnswer {

    private FileAnswer() {}

    public static Map<String, Object> of(Report report) {
        ReadFile file = report.file().orElseThrow();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("recordsImported", report.recordsImported());
        members.put("applicationId", file.applicationId());
        if (report.sessions().size() == 1 || file.callerSession().isPresent()) {
            members.put(
                    "sessionId",
                    file.callerSession()
                            .or(() -> report.session(1).flatMap(SessionEntry::sessionId))
                            .orElse(null));
        }
        members.put("importOperation", file.operation().name());
        members.put("requests", report.requests());
        if (file.dryRun()) {
            report.requestSizes().ifPresent(sizes -> sizes.addTo(members));
        }
        if (!file.rejections().isEmpty()) {
            members.put("rejectedCount", file.rejections().records());
        }
        return members;
    }
}
