package dev.bulkuserimport.plan;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.StandardProperty;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Detects records that can't all be right, which only the whole source shows: two with the same external ID, two with the same login, an ID
 * that looks like a date among others that don't, a person without a login among others that have one.
 *
 * <p>If one invalid record refuses the import, only the later record of two is invalid, which is known as soon as it is read. If invalid
 * records are left out, both are invalid, and the first may be in a session that is already full. The source is then read again, which
 * costs nothing if there are no contradictions; only the texts in question are kept for this. A third reading, the last, leaves out those
 * that contradict what is known only because of what the second left out.
 */
final class Contradictions {

    static final Fault NO_LOGIN = Fault.of("is missing; every record of this file requires one");

    private static final String ID_TOO = "is also the externalId of another record";

    private static final String SHARED =
            "); deactivate the old one first, in a separate file, or restore the old external ID";

    private static final String LOGIN_TOO = "is also the userName of another record";

    /** Random, and the same in both readings, so that no one can make records that differ and count as equal. */
    private final Hasher64 hasher = Hashing.xxh3_64(ThreadLocalRandom.current().nextLong());

    private final boolean leavesOut;
    private final FirstOccurrences externalIds;
    private final FirstOccurrences logins;
    /** Logins of people whom the source deactivates and who aren't already known to be inactive. */
    private final FirstOccurrences leaverLogins = new FirstOccurrences();

    private final Repeats repeatedIds = new Repeats();
    private final Repeats repeatedLogins = new Repeats();
    private final SoughtText sought = new SoughtText();
    private boolean readAgain;
    private boolean lastReading;

    /** By their index, the records that contradict what is known, if invalid records are left out. */
    private final Map<Integer, LateFault> late = new HashMap<>();

    private int lateOfEarlierReadings;

    private final DateIds dateIds = DateIds.ofRecords();
    private final GroupDates groupDates = new GroupDates();

    /** Records without a login, before the first that has one, if one invalid record refuses the import. */
    private final DoubtfulRecords withoutLogin =
            new DoubtfulRecords(StandardProperty.USER_NAME.propertyName(), NO_LOGIN);

    private boolean hasLogins;
    private boolean lackLogins;
    private boolean lacksLogin;

    private Optional<Repeats.Repeat> repeatedId = Optional.empty();
    private Optional<Repeats.Repeat> repeatedLogin = Optional.empty();
    private boolean isFirst;

    /**
     * @param leavesOut whether invalid records are left out
     * @param expected the expected number of records
     */
    Contradictions(boolean leavesOut, int expected) {
        this.leavesOut = leavesOut;
        this.externalIds = new FirstOccurrences(expected);
        this.logins = new FirstOccurrences(expected);
    }

    /** Whether the source has to be read again before it is known what may be sent. */
    boolean areUndecided() {
        boolean areUnlike = dateIds.areDamaged() || groupDates.areDamaged() || areLoginsMissing();
        return isVoid() || late.size() > lateOfEarlierReadings || isFirstOfMore() && areUnlike;
    }

    /** Whether that is already certain, so that nothing planned in this reading will be sent. */
    boolean isVoid() {
        return isFirstOfMore() && !(repeatedIds.isEmpty() && repeatedLogins.isEmpty());
    }

    private boolean isFirstOfMore() {
        return leavesOut && !readAgain;
    }

    /** Whether records that are found to contradict what is known can still be left out, by reading the source again. */
    boolean mayLeaveOut() {
        return leavesOut && !lastReading;
    }

    /** Takes the records that contradict what is known, unless they are more than are ever listed: then the source is refused. */
    void known(Iterable<LateFault> faults) {
        for (LateFault fault : faults) {
            if (late.size() == Rejections.KEPT_RECORDS) {
                late.clear();
                return;
            }
            late.put(fault.index(), fault);
        }
    }

    /** How a record contradicts what is known, as an earlier reading has found it. */
    Optional<LateFault> known(int index) {
        return Optional.ofNullable(late.get(index));
    }

    /** Starts another reading of the same source. */
    void readAgain() {
        lastReading = readAgain;
        readAgain = true;
        lateOfEarlierReadings = late.size();
        repeatedIds.readAgain();
        repeatedLogins.readAgain();
        groupDates.readAgain();
    }

    /** Starts a record. */
    void begin() {
        repeatedId = Optional.empty();
        repeatedLogin = Optional.empty();
        dateIds.begin();
        groupDates.begin();
        lacksLogin = false;
    }

    /** Those of the record's external IDs that look like dates. */
    DateIds dateIds() {
        return dateIds;
    }

    /** Checks the record's external ID, which is valid by itself, against the other records. */
    Optional<Fault> externalId(String id, PresentRecord record) {
        Optional<Fault> still = dateIds.still(id);
        if (still.isPresent()) {
            return still;
        }
        if (readAgain) {
            repeatedId = repeatedIds.find(sought.exactly(id));
            isFirst = repeatedId.isPresent() && repeatedId.get().meet();
            return dateIds.fault().or(() -> contradictoryId(record));
        }
        dateIds.count();
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
                "is also the externalId of an earlier record (" + record.placeWord() + " ",
                first,
                "); Okta would apply one of the two at random: keep one"));
    }

    /** The same of the groups that records name. */
    GroupDates groupDates() {
        return groupDates;
    }

    /** Whether a record read so far has this external ID. */
    boolean hasExternalId(String id) {
        return externalIds.find(sought.exactly(id)) >= 0;
    }

    /** Checks the record's login, which is valid by itself, against the other records. */
    Optional<Fault> login(char[] text, int offset, int length, PresentRecord record) {
        SoughtText login = sought.inAnyCase(text, offset, length);
        hasLogins = true;
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
                        "is also the userName of an earlier record (",
                        "); in Okta a login belongs to one person, regardless of case")
                : sharedLogin(
                        login,
                        leaverLogins.find(login),
                        record,
                        "is also that of a person whom this source deactivates (",
                        SHARED);
    }

    /** Checks the login of a deactivated record, which an active one must not have; two leavers may share one. */
    Optional<Fault> leaverLogin(char[] text, int offset, int length, PresentRecord record) {
        SoughtText login = sought.inAnyCase(text, offset, length);
        if (readAgain) {
            Optional<Repeats.Repeat> repeat = repeatedLogins.find(login);
            return contradiction(repeat, repeat.isPresent() && repeat.get().meet(), LOGIN_TOO, record);
        }
        leaverLogins.putIfAbsent(login, record.place());
        return sharedLogin(
                login, logins.find(login), record, "is also that of a person whom this source activates (", SHARED);
    }

    /** @param other where the login occurred before; negative if it didn't */
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
     * Ends the record; conflicts with others are added to its faults.
     *
     * @param sent has written it; used only if its external ID occurs again
     * @param groups has its groups, which are sent too
     * @return whether an earlier record sends the same data, so that it needn't be sent
     */
    boolean repeats(PresentRecord record, RecordWriter sent, RowGroups groups) throws IOException {
        if (!leavesOut && record.isValid()) {
            dateIds.keep(record);
            groupDates.keep(record);
            if (lacksLogin) {
                withoutLogin.add(record);
            }
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
        repeatedId.get().compare(sent.content(hasher) + groups.content(hasher));
        if (readAgain) {
            contradictoryId(record).ifPresent(fault -> record.fault(Optional.of(PresentRecord.EXTERNAL_ID), fault));
        }
        return !readAgain || !isFirst;
    }

    private Optional<Fault> contradictoryId(PresentRecord record) {
        return contradiction(repeatedId, isFirst, ID_TOO, record);
    }

    /** Checks a file's record without a login: if any other has one, each must. */
    Optional<Fault> noLogin() {
        if (hasLogins) {
            return Optional.of(NO_LOGIN);
        }
        lacksLogin = true;
        lackLogins = true;
        return Optional.empty();
    }

    /** Rejects records that were valid until the others were known, which is only at the end of the source. */
    void rejectDoubts(RejectedRecords rejected) {
        if (readAgain) {
            return;
        }
        dateIds.reject(rejected, groupDates.doubtful(), withoutLogin);
        groupDates.reject(rejected, withoutLogin);
        if (areLoginsMissing()) {
            withoutLogin.reject(rejected);
        }
    }

    private boolean areLoginsMissing() {
        return hasLogins && lackLogins;
    }

    private static Optional<Fault> contradiction(
            Optional<Repeats.Repeat> repeat, boolean isFirst, String what, PresentRecord record) {
        return repeat.filter(Repeats.Repeat::isContradictory)
                .map(text -> Fault.of(
                        what + " (" + record.placeWord() + " ",
                        isFirst ? text.second() : text.first(),
                        "), and it is unclear which of them is right: keep one"));
    }
}
