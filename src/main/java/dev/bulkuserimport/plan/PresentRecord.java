package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The current record: its position, the parts read so far, and whether anything is wrong with it. */
final class PresentRecord {

    static final String EXTERNAL_ID = "externalId";

    static final String PROFILE = "profile";

    /** The most bytes of a record that is sent. */
    static final int MOST_BYTES = BulkOperation.UPSERT_USERS.mostItemBytes();

    /** The most properties of a record; Okta's applications have hundreds at most. */
    private static final int MOST_PROPERTIES = 1_000;

    private final RejectedRecords rejected;
    private int index;
    private long line;
    private boolean deactivation;
    private boolean valid;
    /** The valid external ID; empty, which is never valid, until there is one. */
    private String externalId = "";

    private boolean externalIdSeen;
    private boolean externalIdDoubted;
    private boolean profileSeen;
    private int propertiesSeen;
    private boolean hasProperties;
    /** Fields that are reported as invalid, and therefore not also as missing. */
    private final List<String> faulted = new ArrayList<>();

    /** @param rejected collects what is wrong */
    PresentRecord(RejectedRecords rejected) {
        this.rejected = rejected;
    }

    /**
     * Starts a new record.
     *
     * @param newLine its line if the file has lines, otherwise 0
     * @param deactivates whether only its external ID follows
     */
    void begin(int newIndex, long newLine, boolean deactivates) {
        index = newIndex;
        line = newLine;
        deactivation = deactivates;
        valid = true;
        externalId = "";
        externalIdSeen = false;
        externalIdDoubted = false;
        profileSeen = false;
        propertiesSeen = 0;
        hasProperties = false;
        faulted.clear();
        rejected.begin();
    }

    int index() {
        return index;
    }

    /** Its line if the file has lines, otherwise 0. */
    long line() {
        return line;
    }

    /** Its line, else its index. */
    int place() {
        return line > 0 ? (int) line : index;
    }

    String placeWord() {
        return line > 0 ? "line" : "index";
    }

    boolean isDeactivation() {
        return deactivation;
    }

    boolean isValid() {
        return valid;
    }

    void fault(Optional<String> field, Fault fault) {
        valid = false;
        // The ID that became a date can't be read from it any more, so no one knows whose record this is.
        externalIdDoubted |= fault.equals(DateIds.DATE);
        field.ifPresent(faulted::add);
        rejected.add(index, line, field, fault);
    }

    void fault(String field, String message) {
        fault(Optional.of(field), Fault.of(message));
    }

    boolean isFaulted(String field) {
        return faulted.contains(field);
    }

    /** Records that there is an external ID, valid or not; false if there already was one. */
    boolean takesExternalId() {
        if (externalIdSeen) {
            fault(EXTERNAL_ID, "occurs twice in the record");
            externalIdDoubted = true;
            return false;
        }
        externalIdSeen = true;
        return true;
    }

    void externalId(String validOne) {
        externalId = validOne;
        rejected.externalId(validOne);
    }

    /** The valid external ID; empty if there is none. */
    String externalId() {
        return externalId;
    }

    void doubtExternalId() {
        externalIdDoubted = true;
    }

    /** The external ID, if it is readable. */
    Optional<String> readableId() {
        return Optional.of(externalId).filter(id -> !id.isEmpty());
    }

    /** The external ID, if it is readable and certainly this record's. */
    Optional<String> certainId() {
        return readableId().filter(id -> !externalIdDoubted);
    }

    void beginProfile() {
        if (profileSeen) {
            fault(PROFILE, "occurs twice in the record");
        }
        profileSeen = true;
    }

    void noProfile() {
        profileSeen = true;
        fault(PROFILE, "must be an object of property names and values");
    }

    void noObject() {
        externalIdSeen = true;
        profileSeen = true;
        fault(Optional.empty(), Fault.of(RecordSink.NO_OBJECT));
    }

    /** Counts a property; false if there are too many. */
    boolean takesProperty() {
        propertiesSeen++;
        if (propertiesSeen == MOST_PROPERTIES + 1) {
            fault(PROFILE, "has more than " + MOST_PROPERTIES + " properties; no application has so many");
        }
        return propertiesSeen <= MOST_PROPERTIES;
    }

    /** Records that the profile contains something to send. */
    void hasProperty() {
        hasProperties = true;
    }

    void endProfile() {
        if (!hasProperties && valid) {
            fault(PROFILE, "is empty; Okta would create an empty user");
        }
    }

    /** Ends the record. */
    void end() {
        if (!externalIdSeen && !isFaulted(EXTERNAL_ID)) {
            fault(EXTERNAL_ID, "is missing");
        }
        if (!deactivation && !profileSeen) {
            fault(PROFILE, "is missing");
        }
    }
}
