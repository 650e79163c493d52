package dev.bulkuserimport.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.S3Event;
import java.util.Optional;

/** One version of a file in its bucket: what S3 tells of it, and what the function reports of it. */
public record PutFile(Bucket bucket, String key, String eTag, Optional<String> versionId, Optional<String> sequencer) {

    /** S3's notification of it. */
    public S3Event event() {
        S3Event event = S3Event.of(bucket.name(), key).eTag(eTag);
        event = versionId.map(event::versionId).orElse(event);
        return sequencer.map(event::sequencer).orElse(event);
    }

    /** It, as the state machine names it to its steps. */
    public ObjectNode named() {
        ObjectNode named = Lambda.JSON
                .createObjectNode()
                .put("bucket", bucket.name())
                .put("key", key)
                .put("eTag", eTag);
        versionId.ifPresent(value -> named.put("versionId", value));
        sequencer.ifPresent(value -> named.put("sequencer", value));
        return named;
    }

    /** As the contract has it: the version's ID, else the eTag and, where the event has one, the sequencer. */
    private String reports() {
        String version = versionId.orElseGet(
                () -> sequencer.map(value -> eTag + "." + value).orElse(eTag));
        return "reports/" + key + "." + version;
    }

    public String reportKey() {
        return reports() + ".json";
    }

    /** Its report, which is one that the schema describes. */
    public JsonNode report() {
        return ReportSchema.checked(bucket.json(reportKey()));
    }

    /** Time passes: an attempt that holds the file's claim, and can't be alive any more, has lost it. */
    public void claimIsOver() {
        bucket.claimsAreOver(reportKey());
    }

    public boolean hasRejectedRows() {
        return !bucket.keys(reports() + ".rejected.csv").isEmpty();
    }

    public String rejectedRows() {
        return bucket.text(reports() + ".rejected.csv");
    }

    /** Tells the function of it, which must not fail; the result. */
    public JsonNode deliver() {
        return Lambda.deliver(event().json());
    }

    /** Tells the function of it, which must not fail; the report. */
    public JsonNode imported() {
        deliver();
        return report();
    }
}
