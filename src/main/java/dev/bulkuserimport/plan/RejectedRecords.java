package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects errors in bounded memory: all are counted, the first are kept. */
final class RejectedRecords {

    /** The most errors of a record; one with more is broken as a whole. */
    private static final int MOST_OF_A_RECORD = 20;

    /** The most kinds that are distinguished; a person reads the first few. */
    private static final int MOST_KINDS = 200;

    /** After this many times the maximum of users in invalid records, the rest is only counted, so that the time is bounded. */
    private static final int CHECKED_TIMES = 10;

    private static final int KIND_PLACES = 3;

    private final List<RecordError> errors = new ArrayList<>();
    private final Map<Key, Tally> kinds = new LinkedHashMap<>();
    private int records;
    private int groups;
    private int memberships;
    private int errorCount;
    private int firstOfRecord;
    private int errorsOfRecord;
    private BulkOperation.Kind kind = BulkOperation.Kind.USERS;
    private boolean mixed;
    private boolean byLine;
    private int ids;
    private int idsWithAt;

    private record Key(BulkOperation.Kind of, Optional<String> field, String message) {}

    /** Declares that the import also has groups or memberships, so that each error states its kind. */
    void mixed() {
        mixed = true;
    }

    private static final class Tally {
        private int count;
        private final List<Long> places = new ArrayList<>(KIND_PLACES);
    }

    int errorCount() {
        return errorCount;
    }

    int records() {
        return records;
    }

    /**
     * Whether there are so many invalid records that the rest is only counted; it may contain valid ones, so nothing can be sent.
     *
     * @param most the most users that may be sent
     */
    boolean areTooMany(int most) {
        return records > CHECKED_TIMES * (long) most;
    }

    /** Starts a user. */
    void begin() {
        begin(BulkOperation.Kind.USERS);
    }

    /** Starts a record. */
    void begin(BulkOperation.Kind ofRecord) {
        kind = ofRecord;
        firstOfRecord = errors.size();
        errorsOfRecord = 0;
    }

    /** Records the external ID, valid or not. */
    void externalId(String id) {
        ids++;
        idsWithAt += id.indexOf('@') >= 0 ? 1 : 0;
    }

    void add(int index, long line, Optional<String> field, Fault fault) {
        errorCount++;
        byLine |= line > 0;
        if (++errorsOfRecord > MOST_OF_A_RECORD) {
            return;
        }
        if (records < Rejections.KEPT_RECORDS) {
            errors.add(new RecordError(index, line, Optional.empty(), field, fault.message(), Optional.of(kind)));
        }
        Key key = new Key(kind, field, fault.kind());
        Tally tally = kinds.get(key);
        if (tally == null) {
            if (kinds.size() >= MOST_KINDS) {
                return;
            }
            tally = new Tally();
            kinds.put(key, tally);
        }
        tally.count++;
        if (tally.places.size() < KIND_PLACES) {
            tally.places.add(line > 0 ? line : (long) index);
        }
    }

    /** Adds a record found to be invalid after all have been read. */
    void add(LateFault late) {
        begin();
        add(late.index(), late.line(), Optional.of(late.field()), late.fault());
        end(late.externalId());
    }

    /** Ends an invalid record; a source may supply the external ID after the invalid fields, so it is filled in now. */
    void end(Optional<String> externalId) {
        records++;
        groups += kind == BulkOperation.Kind.GROUPS ? 1 : 0;
        memberships += kind == BulkOperation.Kind.MEMBERSHIPS ? 1 : 0;
        for (int i = firstOfRecord; i < errors.size() && externalId.isPresent(); i++) {
            errors.set(i, errors.get(i).withExternalId(externalId));
        }
    }

    Rejections rejections() {
        List<ErrorKind> counted = new ArrayList<>();
        kinds.forEach((key, tally) -> counted.add(new ErrorKind(
                key.field(),
                key.message(),
                tally.count,
                List.copyOf(tally.places),
                Optional.of(key.of()).filter(of -> mixed))));
        counted.sort(Comparator.comparingInt(ErrorKind::count).reversed());
        return new Rejections(records, groups, memberships, errorCount, printable(), counted, byLine);
    }

    /**
     * The errors by position. An ID with an at sign among others without is probably an email address, in a row whose cells have shifted.
     */
    private List<RecordError> printable() {
        boolean usual = 2 * (idsWithAt - 1) > ids - 1;
        return errors.stream()
                .map(error -> usual
                                || error.externalId()
                                        .filter(id -> id.indexOf('@') >= 0)
                                        .isEmpty()
                        ? error
                        : error.withExternalId(Optional.empty()))
                .sorted(Comparator.comparing((RecordError error) -> error.kind().orElse(BulkOperation.Kind.USERS))
                        .thenComparing(RecordError::index))
                .map(error -> mixed ? error : error.withoutKind())
                .toList();
    }
}
