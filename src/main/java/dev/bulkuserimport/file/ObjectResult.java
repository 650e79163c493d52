package dev.bulkuserimport.file;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.ReportPlace;
import dev.bulkuserimport.s3.ObjectVersion;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The result of an object's notification.
 *
 * @param object the object version
 * @param outcome the result in one word
 * @param recordsImported records in requests that Okta accepted, now or when it was first delivered
 * @param problem why it failed; empty if it didn't
 * @param report where the report is; empty when there is none
 */
public record ObjectResult(
        ObjectVersion object,
        Outcome outcome,
        int recordsImported,
        Optional<ProblemType> problem,
        Optional<String> report) {

    /** The outcome of a notification. */
    public enum Outcome {
        IMPORTED,
        /** Everything was sent, but Okta's result could not be determined. */
        UNCONFIRMED,
        FAILED,
        /** Another delivery of the same notification, or the state machine, handles or has handled it. */
        DUPLICATE,
        /** A newer version of the key has replaced it. */
        SUPERSEDED,
        /** Not a file to import. */
        IGNORED
    }

    static ObjectResult ignored(ObjectVersion object) {
        return new ObjectResult(object, Outcome.IGNORED, 0, Optional.empty(), Optional.empty());
    }

    static ObjectResult duplicate(FileReport report, ReportPlace place) {
        return new ObjectResult(
                report.source(),
                Outcome.DUPLICATE,
                report.recordsImported(),
                Optional.empty(),
                Optional.of(place.url()));
    }

    static ObjectResult of(FileReport report, ReportPlace place) {
        Outcome outcome =
                switch (report.state()) {
                    case COMPLETED -> Outcome.IMPORTED;
                    case UNCONFIRMED -> Outcome.UNCONFIRMED;
                    case SUPERSEDED -> Outcome.SUPERSEDED;
                    default -> Outcome.FAILED;
                };
        return new ObjectResult(
                report.source(),
                outcome,
                report.recordsImported(),
                report.problem().map(Problem::type),
                Optional.of(place.url()));
    }

    /** The result as it appears in the function's answer. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("bucket", object.bucket());
        members.put("key", object.key());
        members.put("version", object.version().orElse(null));
        members.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
        members.put("recordsImported", recordsImported);
        problem.ifPresent(type -> members.put("problem", type.slug()));
        report.ifPresent(place -> members.put("report", place));
        return members;
    }
}
