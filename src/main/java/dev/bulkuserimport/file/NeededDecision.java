package dev.bulkuserimport.file;

import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.ReportPlace;
import dev.bulkuserimport.report.Review;
import dev.bulkuserimport.s3.ObjectPlace;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The part of {@code planFile}'s answer for a file that a guard has stopped: what the state machine waits for, and the content of the event
 * {@code Decision Needed}. It contains no user data, not even external IDs.
 *
 * @param review what was stopped
 * @param page where the page is that says more; empty where it could not be written
 * @param changes where everyone concerned is listed; empty where the list could not be written
 * @param waitSeconds how long to wait before asking {@code awaitDecision}
 */
record NeededDecision(Review review, Optional<String> page, Optional<String> changes, int waitSeconds) {

    static NeededDecision of(Review review, FileReport report, ReportPlace place) {
        return new NeededDecision(
                review,
                report.beside().page().map(key -> new ObjectPlace(place.bucket(), key).url()),
                report.beside().changes().map(key -> new ObjectPlace(place.bucket(), key).url()),
                ReviewPolicy.secondsToWait(review, Instant.now()));
    }

    void addTo(Map<String, Object> members) {
        members.put("problem", review.problem().type().slug());
        page.ifPresent(url -> members.put("page", url));
        changes.ifPresent(url -> members.put("changes", url));
        Map<String, Object> decision = new LinkedHashMap<>();
        decision.put("plan", review.plan());
        decision.put("until", review.until().toString());
        decision.put("detail", review.problem().detail());
        review.desk().function().ifPresent(name -> decision.put("function", name));
        review.desk().url().ifPresent(url -> decision.put("url", url));
        decision.put("waitSeconds", waitSeconds);
        members.put("decision", decision);
    }
}
