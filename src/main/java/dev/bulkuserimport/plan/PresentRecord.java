package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The record that is being read: where it is, which of its parts have come, and whether anything is wrong with it. */
final class PresentRecord {

    static final String EXTERNAL_ID = "externalId";

    static final String PROFILE = "profile";

    /** Bytes of a record that is sent, at most. */
    static final int MOST_BYTES = BulkOperation.UPSERT_USERS.mostItemBytes();

    /** Properties of one record; Okta's applications have hundreds at most. */
    private static final int MOST_PROPERTIES = 1_000;

    private final RejectedRecords rejected;
    private int index;
    private long line;
    private boolean deactivation;
    private boolean valid;
    /** The valid one; empty, which none is, until there is one. */
    private String externalId = "";

    private boolean externalIdSeen;
    private boolean externalIdDoubted;
    private boolean profileSeen;
    private int propertiesSeen;
    private boolean hasProperties;
    /** Fields that are reported as wrong, and so aren't reported as missing too. */
    private final List<String> faulted = new ArrayList<>();

    /** @param rejected collects what is wrong */
    PresentRecord(RejectedRecords rejected) {
        this.rejected = rejected;
    }

    /**
     * Another record begins.
     *
     * @param newLine its line in a file of lines, else 0
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

    /** Its line in a file of lines, else 0. */
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
        field.ifPresent(faulted::add);
        rejected.add(index, line, field, fault);
    }

    void fault(String field, String message) {
        fault(Optional.of(field), Fault.of(message));
    }

    boolean isFaulted(String field) {
        return faulted.contains(field);
    }

    /** An external ID comes, whatever it is; false when one has come before. */
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

    /** The valid external ID; empty when there is none. */
    String externalId() {
        return externalId;
    }

    void doubtExternalId() {
        externalIdDoubted = true;
    }

    /** The external ID, where it is readable. */
    Optional<String> readableId() {
        return Optional.of(externalId).filter(id -> !id.isEmpty());
    }

    /** The external ID, where it is readable and certainly this record's. */
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
        fault(Optional.empty(), Fault.of("is no object; a user is an object with an externalId and a profile"));
    }

    /** A property comes; false when too many have come. */
    boolean takesProperty() {
        propertiesSeen++;
        if (propertiesSeen == MOST_PROPERTIES + 1) {
            fault(PROFILE, "has more than " + MOST_PROPERTIES + " properties; no application has so many");
        }
        return propertiesSeen <= MOST_PROPERTIES;
    }

    /** The profile holds something that would be sent. */
    void hasProperty() {
        hasProperties = true;
    }

    void endProfile() {
        if (!hasProperties && valid) {
            fault(PROFILE, "is empty; Okta would create an empty user");
        }
    }

    /** Nothing more comes. */
    void end() {
        if (!externalIdSeen && !isFaulted(EXTERNAL_ID)) {
            fault(EXTERNAL_ID, "is missing");
        }
        if (!deactivation && !profileSeen) {
            fault(PROFILE, "is missing");
        }
    }
}
