package dev.bulkuserimport.upload;

/** What became of a bulk request. */
enum Outcome {
    ACCEPTED("accepted"),
    /** Okta answered, and did not accept it. */
    REJECTED("rejected"),
    /** It was sent and no answer came: Okta may have accepted it. */
    UNKNOWN("unknown"),
    NOT_SENT("not-sent");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** As it stands in {@code notImported}. */
    String label() {
        return label;
    }
}
