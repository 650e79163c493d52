package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.DateForm;
import dev.bulkuserimport.rules.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records that can't all be right, as only the whole source shows: two with the same external ID, two with the same login, an ID that looks
 * like a date among others that don't.
 *
 * <p>Where one invalid record refuses all of them, the later record of two is invalid, and that is known as soon as it comes. Where invalid
 * records are left out, both are, and the first may be in a session that is full already. So the source is read again, which costs nothing
 * where no record contradicts another; only the texts in question are kept for it.
 */
final class Contradictions {

    private static final int FEWEST_OTHERS = 3;

    /** Of IDs in the form of dates, more than one for so many others are how this source's IDs look. */
    private static final int OTHERS_FOR_EACH = 4;

    private static final Fault DATE =
            Fault.of("has the form in which a spreadsheet shows a date, and the other IDs don't:"
                    + " format the column as text and enter the ID again");

    private static final String ID_TOO = "is the externalId of another record too";

    private static final String SHARED =
            "); deactivate the old one first, in a file of its own, or give the old external ID back";

    private static final String LOGIN_TOO = "is the userName of another record too";

    private final boolean leavesOut;
    private final FirstOccurrences externalIds;
    private final FirstOccurrences logins;
    /** Logins of people whom the source deactivates, none of whom is known to be inactive. */
    private final FirstOccurrences leaverLogins = new FirstOccurrences();

    private final Repeats repeatedIds = new Repeats();
    private final Repeats repeatedLogins = new Repeats();
    private final SoughtText sought = new SoughtText();
    private int ids;
    private int dates;
    private boolean readAgain;

    /** Valid records whose ID has the form of a date, where one invalid record refuses all of them. */
    private final List<DateId> dateIds = new ArrayList<>();

    private Optional<Repeats.Repeat> repeatedId = Optional.empty();
    private Optional<Repeats.Repeat> repeatedLogin = Optional.empty();
    private boolean isFirst;
    private boolean inFormOfDate;

    private record DateId(int index, long line, String externalId) {}

    /**
     * @param leavesOut whether invalid records are left out
     * @param expected records that will probably come
     */
    Contradictions(boolean leavesOut, int expected) {
        this.leavesOut = leavesOut;
        this.externalIds = new FirstOccurrences(expected);
        this.logins = new FirstOccurrences(expected);
    }

    /** Whether the source has to be read again before it is known what of it may be sent. */
    boolean areUndecided() {
        return isVoid() || leavesOut && !readAgain && areDatesDamaged();
    }

    /** Whether that is certain by now, so that this reading plans nothing that is sent. */
    boolean isVoid() {
        return leavesOut && !readAgain && !(repeatedIds.isEmpty() && repeatedLogins.isEmpty());
    }

    /** The same source is read again from its beginning. */
    void readAgain() {
        readAgain = true;
    }

    /** A record begins. */
    void begin() {
        repeatedId = Optional.empty();
        repeatedLogin = Optional.empty();
        inFormOfDate = false;
    }

    /** The record's external ID, which is valid by itself; what the other records make of it. */
    Optional<Fault> externalId(String id, PresentRecord record) {
        inFormOfDate = DateForm.matches(id);
        if (readAgain) {
            repeatedId = repeatedIds.find(sought.exactly(id));
            isFirst = repeatedId.isPresent() && repeatedId.get().meet();
            return inFormOfDate && areDatesDamaged() ? Optional.of(DATE) : contradictoryId(record);
        }
        ids++;
        dates += inFormOfDate ? 1 : 0;
        SoughtText text = sought.exactly(id);
        int first = externalIds.putIfAbsent(text, record.place());
        if (first < 0) {
            return Optional.empty();
        }
        if (leavesOut) {
            repeatedId = Optional.of(repeatedIds.add(text, first, record.place()));
            return Optional.empty();
        }
        return Optional.of(Fault.of(
                "is the externalId of an earlier record too (" + record.placeWord() + " ",
                first,
                "); Okta would apply one of the two at random: keep one"));
    }

    /** The record's login, which is valid by itself; what the other records make of it. */
    Optional<Fault> login(char[] text, int offset, int length, PresentRecord record) {
        SoughtText login = sought.inAnyCase(text, offset, length);
        if (readAgain) {
            Optional<Repeats.Repeat> repeat = repeatedLogins.find(login);
            return contradiction(repeat, repeat.isPresent() && repeat.get().meet(), LOGIN_TOO, record);
        }
        int first = logins.putIfAbsent(login, record.place());
        return first >= 0
                ? sharedLogin(
                        login,
                        first,
                        record,
                        "is the userName of an earlier record too (",
                        "); in Okta a login belongs to one person, whatever its case")
                : sharedLogin(
                        login,
                        leaverLogins.find(login),
                        record,
                        "is that of a person too whom this source deactivates (",
                        SHARED);
    }

    /** The login of a record that is deactivated, which an active one must not have; two who leave may. */
    Optional<Fault> leaverLogin(char[] text, int offset, int length, PresentRecord record) {
        SoughtText login = sought.inAnyCase(text, offset, length);
        if (readAgain) {
            Optional<Repeats.Repeat> repeat = repeatedLogins.find(login);
            return contradiction(repeat, repeat.isPresent() && repeat.get().meet(), LOGIN_TOO, record);
        }
        leaverLogins.putIfAbsent(login, record.place());
        return sharedLogin(
                login, logins.find(login), record, "is that of a person too whom this source makes active (", SHARED);
    }

    /** @param other where the login occurred before; negative when it didn't */
    private Optional<Fault> sharedLogin(
            SoughtText login, int other, PresentRecord record, String before, String after) {
        if (other < 0) {
            return Optional.empty();
        }
        if (leavesOut) {
            repeatedLogin = Optional.of(repeatedLogins.add(login, other, record.place()));
            return Optional.empty();
        }
        return Optional.of(Fault.of(before + record.placeWord() + " ", other, after));
    }

    /**
     * The record ends; what others make of it is added to its faults.
     *
     * @param sent has written it; what that is matters only where its external ID occurs again
     * @param groups has its groups, which are sent too
     * @return whether an earlier record sends the same, so that it needn't be sent
     */
    boolean repeats(PresentRecord record, RecordWriter sent, RowGroups groups) throws IOException {
        if (inFormOfDate && !leavesOut && record.isValid() && dateIds.size() < Rejections.KEPT_RECORDS) {
            dateIds.add(new DateId(record.index(), record.line(), record.externalId()));
        }
        if (repeatedId.isEmpty() && repeatedLogin.isEmpty()) {
            return false;
        }
        boolean ownLogin = repeatedId.isPresent()
                && repeatedLogin.isPresent()
                && repeatedId.get().first() == repeatedLogin.get().first();
        if (!ownLogin) {
            repeatedLogin.ifPresent(Repeats.Repeat::contradict);
        }
        if (repeatedId.isEmpty()) {
            return false;
        }
        if (!record.isValid()) {
            repeatedId.get().contradict();
            return false;
        }
        repeatedId.get().compare(sent.content() + groups.content());
        if (readAgain) {
            contradictoryId(record).ifPresent(fault -> record.fault(Optional.of(PresentRecord.EXTERNAL_ID), fault));
        }
        return !readAgain || !isFirst;
    }

    private Optional<Fault> contradictoryId(PresentRecord record) {
        return contradiction(repeatedId, isFirst, ID_TOO, record);
    }

    /** Rejects the records whose external ID became a date, which is known only at the source's end. */
    void rejectDates(RejectedRecords rejected) {
        if (readAgain || !areDatesDamaged()) {
            return;
        }
        for (DateId id : dateIds) {
            rejected.begin();
            rejected.add(id.index(), id.line(), Optional.of(PresentRecord.EXTERNAL_ID), DATE);
            rejected.end(Optional.of(id.externalId()));
        }
    }

    private boolean areDatesDamaged() {
        int others = ids - dates;
        return dates > 0 && others >= FEWEST_OTHERS && (dates == 1 || (long) OTHERS_FOR_EACH * dates <= others);
    }

    private static Optional<Fault> contradiction(
            Optional<Repeats.Repeat> repeat, boolean isFirst, String what, PresentRecord record) {
        return repeat.filter(Repeats.Repeat::isContradictory)
                .map(text -> Fault.of(
                        what + " (" + record.placeWord() + " ",
                        isFirst ? text.second() : text.first(),
                        "), and nothing shows which of them is right: keep one"));
    }
}
