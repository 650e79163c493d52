package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.DateForm;
import dev.bulkuserimport.rules.Fault;
import java.util.Optional;

/** External IDs in a form in which a spreadsheet shows dates: among others that aren't, they were IDs that became dates. */
final class DateIds {

    static final Fault DATE = Fault.of(
            "looks like a date in a spreadsheet, unlike the other IDs: format the column as text and enter the ID again");

    private static final int FEWEST_OTHERS = 3;

    /** If more than one in this many IDs looks like a date, that is how this source's IDs look. */
    private static final int OTHERS_FOR_EACH = 4;

    private final Fault date;
    private final String reason;
    private final DoubtfulRecords valid;
    private int ids;
    private int dates;
    private boolean hidden;
    private boolean before;
    private boolean isOne;
    private boolean hasOne;

    private DateIds(String field, Fault date) {
        this.date = date;
        this.reason = field + " " + date.message();
        this.valid = new DoubtfulRecords(field, date);
    }

    /** The external IDs of records. */
    static DateIds ofRecords() {
        return new DateIds(PresentRecord.EXTERNAL_ID, DATE);
    }

    /** The external IDs of the groups of which records are members, none or several of each record. */
    static DateIds ofGroups() {
        return new DateIds(RowGroups.GROUPS, DATE.after(RowGroups.GROUP_ID));
    }

    /** Starts a record. */
    void begin() {
        hidden = false;
        before = false;
        isOne = false;
        hasOne = false;
    }

    /** The external ID that follows was made from a text in the form of a date. */
    void hide() {
        hidden = true;
    }

    /** Takes why the record was rejected before. */
    void rejectedBefore(String why) {
        before = why.contains(reason);
    }

    /** The fault of a record's external ID that is known without the others: it was rejected for this, and comes again as it was. */
    Optional<Fault> still(String id) {
        isOne = looksLikeOne(id);
        hasOne |= isOne;
        return still();
    }

    /** Whether an external ID looks like a date, or was made from one. */
    boolean looksLikeOne(String id) {
        boolean looks = hidden || DateForm.matches(id);
        hidden = false;
        return looks;
    }

    /**
     * The same for the external ID that was met last. The other IDs, which showed that it had become a date, aren't among the rejected
     * records.
     */
    Optional<Fault> still() {
        return isOne && before ? Optional.of(date) : Optional.empty();
    }

    /** Counts the external ID that was met last. */
    void count() {
        ids++;
        dates += isOne ? 1 : 0;
    }

    /** The fault of the external ID that was met last, if all are counted. */
    Optional<Fault> fault() {
        return isOne && areDamaged() ? Optional.of(date) : Optional.empty();
    }

    /** Whether the dates were IDs. */
    boolean areDamaged() {
        return areDamaged(dates, ids - dates);
    }

    /** Whether dates that aren't counted were IDs; so are others beside the counted ones. */
    boolean areDamagedToo(int moreDates, int moreOthers) {
        return moreDates > 0 && areDamaged(dates + moreDates, ids - dates + moreOthers);
    }

    private static boolean areDamaged(int dates, int others) {
        return dates > 0 && others >= FEWEST_OTHERS && (dates == 1 || (long) OTHERS_FOR_EACH * dates <= others);
    }

    /** Keeps a valid record, if an ID of it looks like a date. */
    void keep(PresentRecord record) {
        if (hasOne) {
            valid.add(record);
        }
    }

    /** Rejects the kept records, and leaves them out of others that are in doubt, if the dates were IDs. */
    void reject(RejectedRecords rejected, DoubtfulRecords... others) {
        if (areDamaged()) {
            valid.reject(rejected);
            for (DoubtfulRecords other : others) {
                other.removeAll(valid);
            }
        }
    }

    /** The kept records. */
    DoubtfulRecords doubtful() {
        return valid;
    }
}
